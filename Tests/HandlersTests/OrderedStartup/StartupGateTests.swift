import ListenerKit
import Testing

@testable import Handlers

/// Gates in the whole of ordered startup: what is started once a process counts as running.
@Suite struct StartupGateTests: StartupWriting {
    private let now = ContinuousClock.now

    private func name(_ name: String) -> ProcessName { ProcessName(group: name, process: name) }

    /// A database with a gate, another program, and one that waits for both.
    private var reducer: StartupReducer {
        var database = program("db")
        database.gates = [Gate(text: "tcp://a:1", kind: .probe(.tcp(host: "a", port: 1)))]
        database.startSeconds = 0
        var web = program("web")
        web.waits = [.init(parent: 0), .init(parent: 1)]
        return StartupReducer(.init(plan: StartupPlan([database, program("other"), web])))
    }

    private func information(_ name: String, _ state: ProcessState, pid: Int? = nil) -> ProcessInformation {
        ProcessInformation(
            name: self.name(name),
            state: state,
            startTime: state == .stopped ? nil : Timestamp(seconds: 1000),
            now: Timestamp(seconds: 1001),
            pid: pid
        )
    }

    private func snapshot(_ database: ProcessInformation, after delay: Duration) -> Snapshot {
        let processes = [database, information("other", .starting, pid: 6), information("web", .stopped)]
        return Snapshot(processes: processes, reason: .request, time: now + delay)
    }

    private func event(_ name: String, _ transition: ProcessStateEvent.Transition) -> ProcessStateEvent {
        ProcessStateEvent(
            header: EventHeader(name: "PROCESS_STATE"),
            process: self.name(name),
            previous: .starting,
            transition: transition
        )
    }

    private func attemptBegun(by commands: [StartupCommand]) -> Int? {
        commands.lazy.compactMap { if case .beginAttempt(let attempt) = $0 { attempt.id } else { nil } }.first
    }

    private func started(_ commands: [StartupCommand]) -> [String] {
        commands.compactMap { $0.startedProcess?.description }
    }

    @Test func theGatesOfAProgramOutsideTheOrderAreFollowedToo() throws {
        let configuration = try SupervisorConfiguration.of("[program:db]\ncommand=x\nready=tcp://a:1\n")
        // Nothing starts it but supervisord, and nothing waits for it.
        var reducer = StartupReducer(.init(plan: StartupPlan(configuration)))
        let running = [information("db", .running, pid: 5)]
        _ = reducer.apply(Snapshot(processes: running, reason: .start, time: now), nil, at: now)
        #expect(reducer.gates.report.processes.map { $0.pid } == [5])
        let restart: [ProcessStateEvent.Transition] = [.stopping(pid: 5), .stopped(pid: 5), .starting(tries: 0)]
        for transition in restart {
            _ = reducer.apply(event("db", transition), isNews: false, at: now)
        }
        #expect(reducer.gates.report.processes.map { $0.pid } == [nil])
        _ = reducer.apply(event("db", .running(pid: 6)), isNews: false, at: now)
        #expect(reducer.gates.report.processes.map { $0.pid } == [6])
    }

    /// A startup in which the gate of the database has passed, and the other program is not up.
    private func startedReducer() throws -> StartupReducer {
        var reducer = reducer
        let untouched = ["db", "other", "web"].map { information($0, .stopped) }
        _ = reducer.apply(Snapshot(processes: untouched, reason: .start, time: now), nil, at: now)
        let commands = reducer.apply(.started, of: name("db"), at: now)
        _ = reducer.apply(.started, of: name("other"), at: now)
        let attempt = try #require(attemptBegun(by: commands))
        let ready = reducer.apply([.finished(attempt: attempt, .passed)], at: now)
        #expect(ready.contains(.reportReady(name("db"), after: .zero, isAwaited: true)))
        // The events of its beginning reach a listener late.
        let group = ProcessGroupEvent(header: EventHeader(name: "PROCESS_GROUP"), group: "db", change: .added)
        _ = reducer.apply(group, at: now + .seconds(1))
        return reducer
    }

    @Test func aProcessThatMayHaveBeenReplacedAndIsTheSameIsStillReady() throws {
        var reducer = try startedReducer()
        let same = snapshot(information("db", .running, pid: 5), after: .seconds(2))
        #expect(started(reducer.apply(same, nil, at: now + .seconds(2))) == [])
        let commands = reducer.apply(event("other", .running(pid: 6)), isNews: false, at: now + .seconds(3))
        #expect(started(commands) == ["web"])
    }

    @Test func aSnapshotFromBeforeTheAnswerToAStartShutsNoGate() throws {
        var reducer = reducer
        let untouched = ["db", "other", "web"].map { information($0, .stopped) }
        _ = reducer.apply(Snapshot(processes: untouched, reason: .start, time: now), nil, at: now)
        _ = reducer.apply(.started, of: name("other"), at: now)
        let commands = reducer.apply(.started, of: name("db"), at: now + .seconds(1))
        let attempt = try #require(attemptBegun(by: commands))
        let old = snapshot(information("db", .stopped), after: .milliseconds(900))
        _ = reducer.apply(old, nil, at: now + .milliseconds(1100))
        let ready = reducer.apply([.finished(attempt: attempt, .passed)], at: now + .milliseconds(1200))
        #expect(ready.contains { if case .reportReady = $0 { true } else { false } })
    }

    @Test func theSummaryTellsWhatIsReadyAndWhatIsUp() throws {
        var reducer = try startedReducer()
        _ = reducer.apply(snapshot(information("db", .running, pid: 5), after: .seconds(2)), nil, at: now + .seconds(2))
        _ = reducer.apply(event("other", .running(pid: 6)), isNews: false, at: now + .seconds(3))
        _ = reducer.apply(.started, of: name("web"), at: now + .seconds(3))
        let commands = reducer.apply(event("web", .running(pid: 8)), isNews: false, at: now + .seconds(4))
        let summary = commands.lazy.compactMap { if case .reportSummary(let summary) = $0 { summary } else { nil } }
            .first
        let message = try #require(summary).message()
        #expect(message.hasPrefix("started 3 processes in order in 4.0 s (1 ready, 2 up); "), "\(message)")
    }

    // MARK: - What must not be forgotten

    /// A database whose gate may take a second, and a program that waits for it.
    private var impatient: [SampleProgram] {
        var database = program("db")
        database.gates = [Gate(text: "tcp://a:1", kind: .probe(.tcp(host: "a", port: 1)))]
        database.startSeconds = 0
        database.readyTimeout = .seconds(1)
        var web = program("web")
        web.waits = [.init(parent: 0)]
        return [database, web]
    }

    /// A startup under the policy `continue` in which the gate of the database has not passed in time.
    private func lateReducer() throws -> StartupReducer {
        var reducer = StartupReducer(.init(plan: StartupPlan(impatient)), policy: .continue)
        let untouched = ["db", "web"].map { information($0, .stopped) }
        _ = reducer.apply(Snapshot(processes: untouched, reason: .start, time: now), nil, at: now)
        _ = reducer.apply(.started, of: name("db"), at: now)
        let commands = reducer.applyAlarm(at: now + .seconds(1))
        #expect(started(commands) == ["web"])
        return reducer
    }

    private func expectFailure(_ reducer: StartupReducer) {
        #expect(reducer.progress.failedStarts.map { $0.process } == [name("db")])
    }

    @Test func lateEventsOfAStartDoNotMakeItsFailureUnsaid() throws {
        var reducer = try lateReducer()
        let events: [(ProcessState, ProcessStateEvent.Transition)] = [
            (.stopped, .starting(tries: 0)), (.starting, .running(pid: 5)),
        ]
        for (previous, transition) in events {
            let event = ProcessStateEvent(
                header: EventHeader(name: "PROCESS_STATE"),
                process: name("db"),
                previous: previous,
                transition: transition
            )
            _ = reducer.apply(event, isNews: false, at: now + .seconds(2))
        }
        expectFailure(reducer)
    }

    @Test func aGroupThatIsAddedDoesNotMakeAFailureUnsaid() throws {
        var reducer = try lateReducer()
        let group = ProcessGroupEvent(header: EventHeader(name: "PROCESS_GROUP"), group: "db", change: .added)
        _ = reducer.apply(group, at: now + .seconds(2))
        let processes = [information("db", .running, pid: 5), information("web", .starting, pid: 6)]
        let snapshot = Snapshot(processes: processes, reason: .request, time: now + .seconds(3))
        _ = reducer.apply(snapshot, nil, at: now + .seconds(3))
        expectFailure(reducer)
        _ = reducer.apply(snapshot, .init(plan: StartupPlan(impatient)), at: now + .seconds(3))
        expectFailure(reducer)
    }

    @Test func anAttemptThatIsUnderWayDuringAnUpdateIsMadeAgain() throws {
        let programs = impatient
        var reducer = StartupReducer(.init(plan: StartupPlan(programs)))
        let untouched = programs.map { information($0.name, .stopped) }
        _ = reducer.apply(Snapshot(processes: untouched, reason: .start, time: now), nil, at: now)
        let first = try #require(attemptBegun(by: reducer.apply(.started, of: name("db"), at: now)))
        let processes = [information("db", .running, pid: 5), information("web", .stopped)]
        let snapshot = Snapshot(processes: processes, reason: .request, time: now + .milliseconds(100))
        let commands = reducer.apply(
            snapshot,
            .init(plan: StartupPlan(programs)),
            at: now + .milliseconds(200)
        )
        #expect(commands.contains(.cancelAttempt(first)))
        let second = try #require(attemptBegun(by: commands))
        let ready = reducer.apply([.finished(attempt: second, .passed)], at: now + .milliseconds(300))
        #expect(started(ready) == ["web"])
    }

    @Test func aProgramThatIsReadyWhenAnUpdateMakesItMatterIsReady() throws {
        var database = program("db", isManaged: false)
        database.gates = [Gate(text: "log:x", kind: .log(pattern: "x"))]
        var web = program("web")
        var reducer = StartupReducer(.init(plan: StartupPlan([database, web])))
        var processes = [information("db", .running, pid: 5), information("web", .running, pid: 6)]
        _ = reducer.apply(Snapshot(processes: processes, reason: .start, time: now), nil, at: now)
        web.waits = [.init(parent: 0)]
        web.name = "late"
        web.processes = [name("late")]
        processes.append(information("late", .stopped))
        let snapshot = Snapshot(processes: processes, reason: .request, time: now + .seconds(1))
        let plan = StartupPlan([database, web])
        #expect(started(reducer.apply(snapshot, .init(plan: plan), at: now + .seconds(1))) == ["late"])
    }
}
