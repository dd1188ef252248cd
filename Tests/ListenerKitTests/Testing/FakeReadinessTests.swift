import ListenerKit
import ListenerTesting
import Testing

@Suite struct FakeReadinessTests {
    /// A handler that tries a gate when a process is RUNNING, and every second until it passes; it notes all that it is told.
    private final class Gatekeeper: Probe, AlarmHandler, FinishedWorkHandler, ProcessStateHandler {
        static let name = "gatekeeper"
        static let events: [EventKind] = [.processState]

        let journal: Journal
        let context: Context
        let source: any ReadinessSource
        let start: ContinuousClock.Instant
        private var attempt = 0

        init(_ context: Context) throws {
            self.context = context
            journal = try Journal.named(context[Self.journalOption])
            source = try context.makeReadinessSource()
            start = context.now
        }

        private func tryGate() {
            attempt += 1
            source.begin(
                ProbeAttempt(
                    id: attempt,
                    probe: .tcp(host: "127.0.0.1", port: 5432),
                    process: ProcessName(group: "db", process: "db"),
                    pid: nil,
                    timeout: .seconds(5)
                )
            )
        }

        private func note(_ text: String) async throws {
            try await journal.take("\(start.duration(to: context.now).components.seconds) \(text)")
        }

        func handle(_ event: ProcessStateEvent) async throws {
            guard event.process.group != "listener" else {
                return
            }
            try await note("\(event.process) \(event.state)")
            if case .running = event.transition, event.process.group == "db" {
                tryGate()
            }
        }

        func handle(_ event: AlarmEvent) async throws {
            tryGate()
        }

        func handleFinishedWork() async throws {
            for news in source.removeNews() {
                switch news {
                case .finished(_, .failed(let answer)):
                    try await note(answer)
                    context.setAlarm(after: .seconds(1))
                case .finished(_, .passed): try await note("passed")
                case .notified(let notification):
                    let lines = notification.assignments.map { "\($0.name)=\($0.value)" }
                    try await note("\(lines.joined(separator: " ")) from \(notification.senders)")
                case .declared(let process, let isReady): try await note("\(process) is \(isReady ? "" : "not ")ready")
                default: try await note("\(news)")
                }
            }
        }
    }

    private func listen(to supervisor: FakeSupervisor) async throws -> (SupervisedListener, Journal) {
        let journal = Journal()
        let listener = try supervisor.listen((Gatekeeper.self, journal), events: [.processState])
        try await listener.waitUntilReady()
        return (listener, journal)
    }

    private static let gate = "tcp://127.0.0.1:5432"

    @Test func aGateIsShutUntilTheTestOpensIt() async throws {
        let supervisor = try FakeSupervisor("db")
        let (listener, journal) = try await listen(to: supervisor)
        supervisor.autostart()
        supervisor.advance(by: .seconds(3))
        try await listener.waitForAcknowledgements()
        #expect(
            journal.notes == [
                "0 db STARTING", "1 db RUNNING", "1 connection refused", "2 connection refused", "3 connection refused",
            ]
        )
        #expect(supervisor.attempts(at: Self.gate) == 3)
        supervisor.openGate(Self.gate)
        try await listener.waitForAcknowledgements()
        #expect(supervisor.attempts(at: Self.gate) == 3)
        supervisor.advance(by: .seconds(10))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.dropFirst(5) == ["4 passed"])
        #expect(supervisor.attempts(at: Self.gate) == 4)
        #expect(supervisor.attempts(at: "tcp://127.0.0.1:1") == 0)
    }

    @Test func aGateThatIsShutHasAnAnswer() async throws {
        let supervisor = try FakeSupervisor("db")
        supervisor.openGate(Self.gate)
        supervisor.shutGate(Self.gate, answer: "timed out after 2 s")
        let (listener, journal) = try await listen(to: supervisor)
        supervisor.autostart()
        supervisor.advance(by: .seconds(1))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.last == "1 timed out after 2 s")
    }

    @Test(arguments: 1...20)
    func newsEventsAndAlarmsComeInTheOrderInWhichTheyHappen(round: Int) async throws {
        let supervisor = try FakeSupervisor("db", "web")
        supervisor.openGate(Self.gate)
        let (listener, journal) = try await listen(to: supervisor)
        try supervisor.start("db")
        try supervisor.setReady("db")
        supervisor.advance(by: .seconds(5))
        try supervisor.notify("READY=1\nSTATUS=up\nodd", from: "db")
        try supervisor.start("web")
        try supervisor.setUnready("db")
        try supervisor.exit("db")
        supervisor.advance(by: .seconds(5))
        try supervisor.setReady("web")
        try await listener.waitForAcknowledgements()
        let notes = journal.notes.map { $0.replacing(#/\[\d+\]/#, with: "[pid]") }
        #expect(
            notes == [
                "0 db STARTING", "0 db is ready", "1 db RUNNING", "1 passed", "5 READY=1 STATUS=up odd= from [pid]",
                "5 web STARTING", "5 db is not ready", "5 db EXITED", "6 web RUNNING", "10 web is ready",
            ]
        )
    }

    @Test func whatIsSaidBeforeTheHandlerIsMadeIsNotLost() async throws {
        let supervisor = try FakeSupervisor("db")
        let journal = Journal()
        let listener = try supervisor.listen((Gatekeeper.self, journal), events: [.processState])
        try supervisor.setReady("db")
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["0 db is ready"])
    }

    @Test func handlersThatDoNotAskAreNotWaitedFor() async throws {
        let supervisor = try FakeSupervisor("db")
        let journal = Journal()
        let listener = try supervisor.listen((EventProbe.self, journal), events: [.processState])
        try supervisor.setReady("db")
        supervisor.autostart()
        supervisor.advance(by: .seconds(1))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.contains("db RUNNING"))
    }

    @Test func onlyProcessesThatRunSendNotifications() throws {
        let supervisor = try FakeSupervisor("db")
        #expect(throws: Fault.self) { try supervisor.notify("READY=1", from: "db") }
        #expect(throws: Fault.self) { try supervisor.setReady("dbb") }
        try supervisor.start("db")
        try supervisor.notify("READY=1", from: "db")
    }

    @Test(
        arguments: [
            (.tcp(host: "db", port: 1), "tcp://db:1"), (.tcp(host: "::1", port: 1), "tcp://[::1]:1"),
            (.unix(path: "/run/x"), "unix:///run/x"),
            (.http(host: "localhost", port: 80, path: "/"), "http://localhost:80/"),
            (.file(path: "/run/x"), "file:///run/x"),
            (
                .command(ProbeCommand(arguments: ["pg_isready", "-q"], user: nil, directory: nil, environment: [:])),
                "exec:pg_isready -q"
            ),
        ] as [(ListenerKit.Probe, String)]
    )
    func aContextOfItsOwnHasGatesOfItsOwn(probe: ListenerKit.Probe, gate: String) async throws {
        let process = ProcessName(group: "db", process: "db")
        let test = try TestContext(for: Gatekeeper.self, arguments: ["--gatekeeper-journal=\(Journal().key)"])
        let source = try test.context.makeReadinessSource()
        func attempt(_ id: Int) -> ProbeAttempt {
            ProbeAttempt(id: id, probe: probe, process: process, pid: nil, timeout: .seconds(1))
        }
        source.begin(attempt(1))
        test.changeGates { $0.open(gate) }
        source.begin(attempt(2))
        test.changeGates { $0.shut(gate, "no") }
        source.begin(attempt(3))
        test.tell(.declared(process, isReady: true))
        #expect(
            source.removeNews() == [
                .finished(attempt: 1, .failed("connection refused")), .finished(attempt: 2, .passed),
                .finished(attempt: 3, .failed("no")), .declared(process, isReady: true),
            ]
        )
        #expect(source.removeNews() == [])
    }
}
