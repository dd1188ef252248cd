import ListenerKit
import ListenerTesting
import Testing

@Suite struct FakeSupervisorTests {
    /// The events of processes that a listener has been given, as supervisord writes them.
    private func payloads(of journal: Journal) -> [String] {
        journal.notes.filter { !$0.hasPrefix("listener") }
    }

    private func listen(to supervisor: FakeSupervisor) throws -> (SupervisedListener, Journal) {
        let journal = Journal()
        return (try supervisor.listen((EventProbe.self, journal), events: [.processState]), journal)
    }

    @Test func aProgramRunsOnceItIsUpForItsStartSeconds() async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", startSeconds: 3))
        supervisor.autostart()
        #expect(supervisor.state(of: "web") == .starting)
        supervisor.advance(by: .milliseconds(2999))
        #expect(supervisor.state(of: "web") == .starting)
        supervisor.advance(by: .milliseconds(1))
        #expect(supervisor.state(of: "web") == .running)
    }

    @Test func aProgramThatEndsTooEarlyIsTriedAgainEverMoreSlowlyAndThenGivenUp() async throws {
        let supervisor = try FakeSupervisor(
            FakeProgram("web", startRetries: 2, whenStarted: [.exits(status: 1, after: .milliseconds(500))])
        )
        let (listener, journal) = try listen(to: supervisor)
        supervisor.autostart()
        // 0.5 s up, 1 s wait, 0.5 s up, 2 s wait, 0.5 s up.
        supervisor.advance(by: .milliseconds(4499))
        #expect(supervisor.state(of: "web") == .starting)
        supervisor.advance(by: .milliseconds(1))
        #expect(supervisor.state(of: "web") == .fatal)
        try await listener.waitForAcknowledgements()
        let tries = ["STARTING", "BACKOFF", "STARTING", "BACKOFF", "STARTING", "BACKOFF", "FATAL"]
        #expect(payloads(of: journal) == tries.map { "web \($0)" })
    }

    @Test func anUnexpectedExitIsFollowedByAStartAndAnExpectedOneIsNot() async throws {
        let supervisor = try FakeSupervisor("web", "job")
        supervisor.autostart()
        supervisor.advance(by: .seconds(1))
        try supervisor.exit("web", status: 1)
        try supervisor.exit("job", status: 0)
        #expect(supervisor.state(of: "web") == .starting)
        #expect(supervisor.state(of: "job") == .exited)
    }

    @Test func aProgramWithoutStartSecondsThatEndsAtOnceWasRunning() async throws {
        let supervisor = try FakeSupervisor(FakeProgram("job", startSeconds: 0, whenStarted: [.exits(status: 0)]))
        let (listener, journal) = try listen(to: supervisor)
        supervisor.autostart()
        try await listener.waitForAcknowledgements()
        #expect(payloads(of: journal) == ["job STARTING", "job RUNNING", "job EXITED"])
    }

    @Test func programsThatBreakDownBecomeFatal() async throws {
        let supervisor = try FakeSupervisor("web")
        supervisor.autostart()
        supervisor.advance(by: .seconds(1))
        try supervisor.breakDown("web")
        #expect(supervisor.state(of: "web") == .fatal)
    }

    @Test func stoppingTakesAsLongAsTheProgramLikes() async throws {
        let supervisor = try FakeSupervisor("web", FakeProgram("slow", whenStopped: .lingers))
        supervisor.autostart()
        supervisor.advance(by: .seconds(1))
        try supervisor.stop("web")
        try supervisor.stop("slow")
        #expect(supervisor.state(of: "web") == .stopped)
        #expect(supervisor.state(of: "slow") == .stopping)
        try supervisor.exit("slow")
        #expect(supervisor.state(of: "slow") == .stopped)
    }

    @Test func callsAreAnsweredWithSupervisordsFaults() async throws {
        let programs: [FakeProgram] = [
            "web", FakeProgram("missing", autostart: false, whenStarted: [.isMissing]),
            FakeProgram("locked", autostart: false, whenStarted: [.isNotExecutable]),
            FakeProgram("broken", autostart: false, whenStarted: [.cannotSpawn(reason: "no fork")]),
        ]
        let supervisor = try FakeSupervisor(programs)
        let client = Supervisor(endpoint: supervisor.endpoint)
        supervisor.autostart()
        try await expect(.alreadyStarted) { try await client.startProcess("web", wait: false) }
        try await expect(.badName) { try await client.startProcess("nobody", wait: false) }
        try await expect(.noFile) { try await client.startProcess("missing", wait: false) }
        try await expect(.notExecutable) { try await client.startProcess("locked", wait: false) }
        try await expect(.spawnError) { try await client.startProcess("broken", wait: false) }
        try await expect(.notRunning) { try await client.stopProcess("missing") }
        try await expect(.unknownMethod) { try await client.call("supervisor.nonsense") }
        #expect(supervisor.state(of: "missing") == .stopped)
        #expect(supervisor.state(of: "broken") == .backoff)
        let state = try await client.state()
        #expect(state == .running)
        supervisor.shutDown()
        try await expect(.shutdownState) { try await client.state() }
    }

    private func expect(_ fault: Fault.Known, _ body: () async throws -> some Any) async throws {
        do {
            _ = try await body()
            Issue.record("it should have been refused with \(fault.name)")
        } catch let error as SupervisorError {
            #expect(error.fault?.known == fault)
        }
    }

    @Test func aCallThatWaitsIsAnsweredWhenTimeHasPassed() async throws {
        let supervisor = try FakeSupervisor("née")
        let client = Supervisor(endpoint: supervisor.endpoint)
        async let started = client.startProcess("née")
        try await supervisor.waitForCall("startProcess")
        try await supervisor.waitForState(.starting, of: "née")
        supervisor.advance(by: .seconds(1))
        _ = try await started
        #expect(supervisor.allCalls == [RPCCall("startProcess", "née", true)])
        let results = try await client.stopProcessGroup("née")
        #expect(results == [ProcessResult(name: ProcessName(group: "née", process: "née"))])
    }

    @Test(arguments: 1...50)
    func recordedCallsWereCarriedOut(round: Int) async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", autostart: false))
        let client = Supervisor(endpoint: supervisor.endpoint)
        async let started = client.startProcess("web", wait: false)
        try await supervisor.waitForCall("startProcess")
        #expect(supervisor.state(of: "web") == .starting)
        _ = try await started
    }

    @Test func hangingCallsAreNotCarriedOutBeforeTheDisturbanceEnds() async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", autostart: false))
        supervisor.disturb(.hangs)
        let client = Supervisor(endpoint: supervisor.endpoint)
        async let started = client.startProcess("web", wait: false)
        try await supervisor.waitForCall("startProcess")
        #expect(supervisor.state(of: "web") == .stopped)
        supervisor.endDisturbances()
        _ = try await started
        #expect(supervisor.state(of: "web") == .starting)
    }

    @Test func supervisordHasEndedOnceItsListenersHave() async throws {
        let supervisor = try FakeSupervisor("web")
        let gate = Gate()
        let journal = Journal { _ in await gate.pass() }
        let listener = try supervisor.listen((EventProbe.self, journal), arguments: slow)
        supervisor.communicate(type: "a", "1")
        try await journal.notes(1)
        supervisor.shutDown()
        #expect(!supervisor.hasEnded)
        gate.open()
        try await listener.waitForEnd()
        #expect(supervisor.hasEnded)
    }

    @Test func processesAreListedByGroupAndName() async throws {
        let supervisor = try FakeSupervisor(
            "web",
            FakeProgram("b", group: "apps"),
            FakeProgram("a", group: "apps", priority: 1000)
        )
        supervisor.autostart()
        supervisor.advance(by: .seconds(7))
        let processes = try await Supervisor(endpoint: supervisor.endpoint).allProcessInfo()
        #expect(processes.map { $0.name.description } == ["apps:a", "apps:b", "web"])
        #expect(processes.allSatisfy { $0.state == .running && $0.pid != nil })
        #expect(processes.allSatisfy { ($0.now ?? .distantPast).seconds(since: $0.startTime ?? .distantPast) == 7 })
    }

    @Test func callersMustKnowThePassword() async throws {
        let credentials = Credentials(username: "me", password: "secret")
        let supervisor = try FakeSupervisor(["web"], credentials: credentials)
        await #expect(throws: SupervisorError.unauthorized(endpoint: supervisor.endpoint, hasCredentials: false)) {
            try await Supervisor(endpoint: supervisor.endpoint).pid()
        }
        let pid = try await Supervisor(endpoint: supervisor.endpoint, credentials: credentials).pid()
        #expect(pid > 0)
    }

    @Test func severalCallsCanBeMadeAtOnce() async throws {
        let supervisor = try FakeSupervisor("web")
        let results = try await Supervisor(endpoint: supervisor.endpoint).multicall([
            MethodCall("supervisor.startProcess", ["web", false]), MethodCall("supervisor.startProcess", ["x", false]),
        ])
        #expect(results == [.success(true), .failure(Fault(.badName, "x"))])
        #expect(supervisor.allCalls.map { $0.method } == ["system.multicall", "startProcess", "startProcess"])
    }

    @Test func groupsAreAddedAndRemoved() async throws {
        let supervisor = try FakeSupervisor("web")
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal), events: [.processGroup])
        try supervisor.add("new")
        #expect(throws: Fault(.stillRunning, "new")) { try supervisor.remove("new") }
        try supervisor.stop("new")
        try supervisor.remove("new")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["PROCESS_GROUP_ADDED", "PROCESS_GROUP_REMOVED"])
        #expect(supervisor.state(of: "new") == nil)
    }

    @Test func waitingForWhatDoesNotHappenFailsWithAMessage() async throws {
        let supervisor = try FakeSupervisor(["web"], timeout: .milliseconds(10))
        let listener = try supervisor.listen((EventProbe.self, Journal()))
        await #expect {
            try await listener.waitForAcknowledgements(3)
        } throws: { error in
            "\(error)".contains("3 events are acknowledged") && "\(error)".contains("web STOPPED")
        }
    }
}
