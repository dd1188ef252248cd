import ListenerKit
import Testing

@testable import Handlers

/// What the reducer asks and decides, step by step.
@Suite struct FatalExitReducerTests {
    static let configuration = """
        [program:web]
        command=web
        startretries=1
        [program:job]
        command=job
        autorestart=false
        """
    static let start = ContinuousClock.now

    func reducer(
        _ triggers: String,
        _ configuration: String = Self.configuration,
        canAsk: Bool = true,
        asksForUpdates: Bool = true,
        isOrdered: Bool = false
    ) throws -> FatalExitReducer {
        let configuration = try SupervisorConfiguration.of(configuration)
        return FatalExitReducer(
            FatalExitBeginning(
                triggers: try #require([ShutdownTrigger](optionText: triggers)),
                configuration: .init(
                    programs: WatchedPrograms(.all, configuration),
                    startup: isOrdered ? StartupProgress(StartupPlan(configuration)) : nil
                ),
                canAsk: canAsk,
                asksForUpdates: asksForUpdates
            )
        )
    }

    func check(
        _ steps: [FatalExitStep],
        _ reducer: FatalExitReducer,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var reducer = reducer
        for (index, step) in steps.enumerated() {
            let words = reducer.apply(step.input(), at: Self.start + step.time).map { command in
                command.words { Self.start.duration(to: $0) }
            }
            #expect(words == step.decisions, "step \(index + 1)", sourceLocation: sourceLocation)
        }
    }

    // MARK: - One cause

    private static let becomesFatal = FatalExitStep.change("job", .backoff, .fatal, "ask about job")

    @Test(
        arguments: [
            [.given(.process(.of("job", .fatal)), "shut down supervisord: job is FATAL (status 70)")],
            [.given(.process(nil), "shut down supervisord: job is FATAL (status 70)")],
            // An operator has started it again, or has removed it.
            [.given(.process(.of("job", .running))), becomesFatal],
            [.given(.processIsRemoved), becomesFatal],
            // What becomes FATAL while supervisord stops is no failure.
            [.given(.isStopping), .change("job", .backoff, .fatal)],
            [
                .given(.process(nil), "shut down supervisord: job is FATAL (status 70)"),
                .given(.shutdown(hasBegun: true)), .change("job", .backoff, .fatal),
            ],
            [
                .given(.process(nil), "shut down supervisord: job is FATAL (status 70)"),
                .given(.shutdown(hasBegun: false)), becomesFatal,
            ],
        ] as [[FatalExitStep]]
    )
    func aFatalProgramIsAskedAboutAndOneThatIsBrokenStillShutsDownSupervisord(answers: [FatalExitStep]) throws {
        check([Self.becomesFatal] + answers, try reducer("fatal"))
    }

    @Test func theStatusIsThatOfTheAnswer() throws {
        let verdict = "shut down supervisord: job exited unexpectedly with status 7 (status 7)"
        check(
            [
                .change("job", .running, .exited(expected: false, pid: 1), "ask about job"),
                .given(.process(.of("job", .exited, status: 7)), verdict),
            ],
            try reducer("exit")
        )
    }

    @Test func whatAnOperatorDoesLeadsToNothing() throws {
        check(
            [
                .change("web", .running, .stopping(pid: 1)), .change("web", .stopping, .stopped(pid: 1)),
                .change("web", .stopped, .starting(tries: 0)), .change("web", .starting, .running(pid: 2)),
                .given(.snapshot(of: .of("web", .running), .of("job", .stopped))),
            ],
            try reducer("fatal,exit,all-exited,crash-loop=1/60")
        )
    }

    @Test func aSnapshotShowsWhatHasFailedBefore() throws {
        check(
            [
                .given(.snapshot(of: .of("job", .fatal)), "ask about job"),
                .given(.isStopping),
                .given(.snapshot(of: .of("job", .fatal))),
            ],
            try reducer("fatal")
        )
    }
}

// MARK: - Everything has exited

extension FatalExitReducerTests {
    private static let lastExit = FatalExitStep.change(
        "job",
        .running,
        .exited(expected: true, pid: 1),
        "ask about all processes"
    )
    private static let ended: [ProcessInformation] = [.of("job", .exited), .of("web", .fatal)]

    @Test(
        arguments: [
            [
                .given(.allProcesses(ended, nil), "ask whether supervisord is being shut down"),
                .given(.process(nil), "shut down supervisord: every program has exited; web is FATAL (status 70)"),
                .given(.shutdown(hasBegun: true)), .change("job", .running, .exited(expected: true, pid: 1)),
            ],
            [.given(.allProcesses(ended, nil), "ask whether supervisord is being shut down"), .given(.isStopping)],
            [.given(.allProcesses([.of("web", .running)], nil)), lastExit],
            [.given(.noProcesses(isStopping: true)), lastExit],
            [.given(.noProcesses(isStopping: false), "request a snapshot in 0.5 s"), lastExit],
        ] as [[FatalExitStep]]
    )
    func theLastExitIsLookedUp(answers: [FatalExitStep]) throws {
        check([Self.lastExit] + answers, try reducer("all-exited"))
    }

    @Test func aFailureThatMayBeTheLastExitIsLookedUpAsBoth() throws {
        check(
            [
                .change("job", .backoff, .fatal, "ask about job"),
                .given(.process(.of("job", .running)), "ask about all processes"),
                .given(.allProcesses([.of("job", .running)], nil)),
                .change("job", .backoff, .fatal, "ask about job"),
                .given(.process(nil), "shut down supervisord: job is FATAL (status 70)"),
                // All is decided then.
                .given(.shutdown(hasBegun: true)),
            ],
            try reducer("fatal,all-exited")
        )
    }

    @Test func programsThatAreToStartHaveTenSecondsForThat() throws {
        let configuration = """
            [program:job]
            command=job
            autorestart=false
            [program:next]
            command=next
            autostart=false
            startafter=job:exited
            """
        let exited = ProcessInformation.of("job", .exited)
        let waits: @Sendable () -> FatalExitInput = {
            .allProcesses([exited, .of("next", .stopped)], nil)
        }
        let verdict = "shut down supervisord: every program has exited or could not be started (status 70)"
        check(
            [
                Self.lastExit,
                FatalExitStep(input: waits, decisions: ["set the alarm at 10 s"]),
                .given(
                    .snapshot(of: exited, .of("next", .stopped)),
                    at: .seconds(4),
                    "ask about all processes"
                ),
                FatalExitStep(time: .seconds(5), input: waits, decisions: []),
                .given(.alarm, at: .seconds(10), "ask about all processes"),
                FatalExitStep(
                    time: .seconds(10),
                    input: waits,
                    decisions: ["ask whether supervisord is being shut down"]
                ),
                .given(.process(nil), at: .seconds(10), verdict),
            ],
            try reducer("all-exited", configuration, isOrdered: true)
        )
    }

    @Test func withoutSupervisordNothingIsAsked() throws {
        check(
            [
                .change("job", .running, .exited(expected: true, pid: 1)),
                .change("web", .starting, .backoff(tries: 1)),
            ],
            try reducer("all-exited", canAsk: false)
        )
    }
}
