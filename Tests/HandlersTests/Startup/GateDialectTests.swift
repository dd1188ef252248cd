import ListenerKit
import Testing

@testable import Handlers

/// The gates of programs, and what follows if they cannot be read.
@Suite struct GateDialectTests {
    private func plan(_ text: String) throws -> StartupPlan {
        StartupPlan(try SupervisorConfiguration.of(text))
    }

    private func gates(_ text: String) throws -> ProgramGates? {
        try plan(text).programs.first?.gates
    }

    @Test(arguments: [
        "[program:a]\ncommand=x\n", "[program:a]\ncommand=x\nautostart=false\nstartafter=\n",
        "[program:a]\ncommand=x\nautostart=false\ndependent_startup=true\n",
        "[program:a]\ncommand=x\nautostart=false\nstartinorder=true\n",
        "[fcgi-program:a]\ncommand=x\nsocket=tcp://localhost:9\n",
    ])
    func everyProgramCanHaveGates(section: String) throws {
        let plan = try plan(section + "ready=tcp://db:1\n  notify\nready_timeout=2.5\n")
        let gates = try #require(plan.programs.first?.gates)
        #expect(gates.processes.map { $0.map { $0.text } } == [["tcp://db:1", "notify"]])
        #expect(gates.timeout == .milliseconds(2500))
        #expect(gates.location.line == section.split(separator: "\n").count + 2)
        #expect(plan.problems.isEmpty)
    }

    @Test func aProgramWithoutGatesHasNone() throws {
        #expect(try gates("[program:a]\ncommand=x\n") == nil)
        #expect(try gates("[program:a]\ncommand=x\nready=\nready_timeout=3\n") == nil)
        #expect(try gates("[DEFAULT]\nready=notify\n[program:a]\ncommand=x\nready=\n") == nil)
        #expect(try gates("[DEFAULT]\nready=notify\n[program:a]\ncommand=x\n")?.processes.count == 1)
    }

    @Test func eachProcessHasItsOwn() throws {
        let gates = try gates(
            """
            [program:w]
            command=x
            numprocs=12
            numprocs_start=8
            process_name=%(program_name)s_%(process_num)d
            environment=PORT="80%(process_num)02d",NOTIFY_SOCKET="/run/%(group_name)s.%(process_num)d"
            directory=/srv/%(process_num)d
            user=web
            ready=tcp://%(host_node_name)s:%(ENV_PORT)s
              exec:check %(process_num)d of %(numprocs)d
              notify
            [group:g]
            programs=w

            """
        )
        // In the order of their names: w_10 to w_19, w_8, w_9.
        let first = try #require(gates?.processes.first)
        #expect(first.map { $0.text } == ["tcp://host:8010", "exec:check 10 of 12", "notify"])
        #expect(gates?.processes.last?.first?.text == "tcp://host:8009")
        #expect(gates?.processes.count == 12)
        #expect(first.last?.kind == .notification(address: "/run/g.10"))
        let command = ProbeCommand(
            arguments: ["check", "10", "of", "12"],
            user: "web",
            directory: "/srv/10",
            environment: [
                "PORT": "8010", "NOTIFY_SOCKET": "/run/g.10", "SUPERVISOR_GROUP_NAME": "g",
                "SUPERVISOR_PROCESS_NAME": "w_10",
            ]
        )
        #expect(first[1].kind == .probe(.command(command)))
    }

    @Test func aProcessAloneKnowsItsNumberAndTheVariablesOfAll() throws {
        let gates = try gates(
            """
            environment=A="1",B="2"
            [program:w]
            command=x
            numprocs_start=7
            environment=B="3"
            ready=exec:check %(process_num)d %(ENV_A)s%(ENV_B)s

            """
        )
        guard case .probe(.command(let command)) = gates?.processes.first?.first?.kind else {
            Issue.record("\(String(describing: gates))")
            return
        }
        #expect(command.arguments == ["check", "7", "13"])
        #expect(command.environment["A"] == "1" && command.environment["B"] == "3")
    }

    private static let tail = """
        [program:b]
        command=x
        autostart=false
        startafter=a
        [program:c]
        command=x
        autostart=false
        startafter=b
        [program:d]
        command=x
        autostart=false
        startafter=a:started a? a:running,exited

        """

    @Test(arguments: [
        (
            "tpc://x:1",
            "a never becomes ready: its gate 'tpc://x:1' cannot be read: not a gate; did you mean 'tcp://x:1'? So these never "
                + "start: b (waits for a), c (waits for b) [malformed-gate]"
        ),
        (
            "tcp://x",
            "a never becomes ready: its gate 'tcp://x' cannot be read: no port; so these never start: b (waits for a), "
                + "c (waits for b) [malformed-gate]"
        ),
        (
            "tcp://%(ENV_HOST)s:1",
            "ready in [program:a] refers to %(ENV_HOST)s, but HOST is not set; so these never start: b (waits for a), c (waits for "
                + "b) [unset-variable]"
        ),
        (
            "http://x/%20",
            "ready in [program:a] has a bare % at '%20'; write %% for a percent sign; so these never start: b (waits for a), c "
                + "(waits for b) [invalid-expansion]"
        ),
    ])
    func whatWaitsForAProgramThatNeverBecomesReadyNeverStarts(gate: String, message: String) throws {
        let plan = try plan("[program:a]\ncommand=x\nready=\(gate)\n\(Self.tail)")
        #expect(plan.problems.map { $0.description } == ["/etc/supervisord.conf:4: error: \(message)"])
        #expect(plan.programs.map { $0.level } == [0, nil, nil, 1])
        #expect(plan.names == ["d"])
        #expect(plan.programs[0].gates?.processes.first?.first?.isUnreadable == true)
    }

    @Test func aProgramThatIsStartedHereStartsAlthoughItNeverBecomesReady() throws {
        let plan = try plan("[program:a]\ncommand=x\nautostart=false\nstartafter=\nready=true\n\(Self.tail)")
        #expect(plan.programs.map { $0.level } == [1, nil, nil, 2])
        #expect(plan.names == ["a", "d"])
    }

    private static let three = "[program:a]\ncommand=x\nnumprocs=3\nprocess_name=%(process_num)d\n"

    @Test func oneErrorOfSeveralProcessesIsSaidOnce() throws {
        let plan = try plan(
            "\(Self.three)ready=tpc://x:%(process_num)d\n  notify\n"
        )
        #expect(plan.problems.count == 3)
        let same = try self.plan("\(Self.three)ready=tcp://x\n  notify\n")
        #expect(same.problems.count == 1)
        #expect(same.programs[0].gates?.processes.count == 3)
    }

    @Test(arguments: ["0", "-1", "x", "", "inf", "1 s", "1e99"])
    func aTimeLimitThatIsNoneIsAnError(value: String) throws {
        let waiting = "[program:b]\ncommand=x\nautostart=false\nstartafter=a\n"
        let plan = try plan("[program:a]\ncommand=x\nready=notify\nready_timeout=\(value)\n\(waiting)")
        #expect(
            plan.problems.map { $0.description } == [
                """
                /etc/supervisord.conf:5: error: a has ready_timeout='\(value)', which is not a number of seconds above 0; its gates \
                have no time limit [malformed-gate]
                """
            ]
        )
        #expect(plan.programs[0].gates?.timeout == nil && plan.names == ["b"])
    }

    @Test(arguments: ["redy", "ready_timout", "readytimeout"])
    func misspelledKeysAreFound(key: String) throws {
        let problems = try plan("[program:a]\ncommand=x\n\(key)=1\n").problems
        #expect(problems.map { $0.rule } == [.unknownKey])
    }

    @Test(arguments: [("a", [0]), ("a:started", []), ("a:running,exited", [0]), ("a?", [0])])
    func whatAnotherOneWaitsForIsKnown(after: String, awaited: [Int]) throws {
        let plan = try plan("[program:a]\ncommand=x\n[program:b]\ncommand=x\nautostart=false\nstartafter=\(after)\n")
        #expect(plan.programsAwaitedReady == Set(awaited))
    }
}
