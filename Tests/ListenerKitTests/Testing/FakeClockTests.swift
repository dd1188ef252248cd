import ListenerKit
import ListenerTesting
import Testing

@Suite struct FakeClockTests {
    /// A handler that notes at which second of the test its alarm goes off.
    private struct Watchdog: Probe, AlarmHandler, ProcessStateHandler, SnapshotHandler {
        static let name = "watchdog"
        static let repeats = Option<Bool>(flag: "repeats", help: "set the alarm again")
        static let events: [EventKind] = [.processState]
        static var options: [any OptionDeclaration] { [journalOption, repeats] }

        let journal: Journal
        let context: Context
        let start: ContinuousClock.Instant

        init(_ context: Context) throws {
            self.context = context
            journal = try Journal.named(context[Self.journalOption])
            start = context.now
            journal.begin(context)
            context.setAlarm(after: .seconds(60))
        }

        func handle(_ event: ProcessStateEvent) async throws {
            guard event.process.group == "web" else {
                return
            }
            try await journal.take("\(event.state) \(seconds(at: context.now))")
            switch event.state {
            case .starting: context.setAlarm(after: .seconds(30))
            case .running: context.setAlarm(at: nil)
            default: break
            }
        }

        func handle(_ event: AlarmEvent) async throws {
            if context[Self.repeats] {
                context.setAlarm(after: .seconds(60))
            }
            try await journal.take("alarm \(seconds(at: event.time)) \(seconds(at: context.now))")
        }

        func handle(_ snapshot: Snapshot) async throws {
            try await journal.take("snapshot \(snapshot.reason) \(seconds(at: snapshot.time))")
        }

        private func seconds(at time: ContinuousClock.Instant) -> Int64 {
            start.duration(to: time).components.seconds
        }
    }

    private func listen(
        to supervisor: FakeSupervisor,
        _ arguments: String...
    ) async throws -> (SupervisedListener, Journal) {
        let journal = Journal()
        let listener = try supervisor.listen((Watchdog.self, journal), arguments: arguments, events: [.processState])
        try await journal.notes("snapshot start 0")
        try await listener.waitUntilReady()
        return (listener, journal)
    }

    @Test func alarmsWaitUntilTheTestLetsTimePass() async throws {
        let supervisor = try FakeSupervisor()
        let (listener, journal) = try await listen(to: supervisor)
        supervisor.advance(by: .seconds(59))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes == ["snapshot start 0"])
        supervisor.advance(by: .seconds(1))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.dropFirst() == ["alarm 60 60"])
    }

    @Test func anAlarmThatIsSetAgainGoesOffAtEachOfItsTimes() async throws {
        let supervisor = try FakeSupervisor()
        let (listener, journal) = try await listen(to: supervisor, "--watchdog-repeats")
        supervisor.advance(by: .seconds(200))
        try await listener.waitForAcknowledgements()
        #expect(journal.notes.dropFirst() == ["alarm 60 60", "alarm 120 120", "alarm 180 180"])
    }

    @Test(arguments: 1...20)
    func alarmsAndEventsComeInTheOrderOfTime(round: Int) async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", startSeconds: 10))
        let (listener, journal) = try await listen(to: supervisor)
        try supervisor.start("web")
        supervisor.advance(by: .seconds(100))
        try supervisor.exit("web")
        try supervisor.start("web")
        supervisor.advance(by: .seconds(5))
        try supervisor.exit("web")
        supervisor.advance(by: .seconds(100))
        try await listener.waitForAcknowledgements()
        #expect(
            journal.notes.dropFirst() == [
                "STARTING 0", "RUNNING 10", "EXITED 100", "STARTING 100", "BACKOFF 105", "STARTING 106", "RUNNING 116",
            ]
        )
    }

    @Test func snapshotsThatAreAskedForLaterWaitToo() async throws {
        let supervisor = try FakeSupervisor()
        let (_, journal) = try await listen(to: supervisor)
        let context = try #require(journal.probeContext)
        context.requestSnapshot(after: .seconds(5))
        supervisor.advance(by: .seconds(4))
        #expect(supervisor.calls(of: "getAllProcessInfo").count == 1)
        supervisor.advance(by: .seconds(1))
        try await journal.notes("snapshot request 5")
    }

    @Test func aContextOfItsOwnHasAClockOfItsOwn() throws {
        let test = try TestContext(for: Watchdog.self, arguments: ["--watchdog-journal=\(Journal().key)"])
        let start = test.context.now
        test.context.setAlarm(after: .seconds(60))
        #expect(test.alarm == start + .seconds(60))
        test.advance(by: .seconds(60))
        #expect(test.now == start + .seconds(60))
        #expect(test.context.now == test.now)
    }
}
