import ListenerKit
import Testing

@testable import Handlers

/// What is counted of all processes.
@Suite struct SupervisorMetricsTests {
    private static let program = MeteredProgram(
        autorestart: .unexpected,
        startRetries: 2,
        startSeconds: 1,
        isGated: false
    )
    private static let programs = MeteredPrograms(nil, hasGates: false)
    private static let beginning = ContinuousClock.now

    private static func snapshot(
        _ names: String...,
        reason: Snapshot.Reason = .request,
        at time: ContinuousClock.Instant = beginning
    ) -> Snapshot {
        let processes = names.map { ProcessInformation(name: .of($0), state: .stopped) }
        return Snapshot(processes: processes, reason: reason, time: time)
    }

    private static func changes(_ metrics: inout SupervisorMetrics, _ snapshot: Snapshot) -> Bool {
        metrics.apply(snapshot, of: programs)
    }

    private static func changes(_ metrics: inout SupervisorMetrics, _ entry: JournalEntry) -> Bool {
        metrics.apply(entry)
    }

    private static func apply(
        _ transitions: [ProcessStateEvent.Transition],
        to metrics: inout SupervisorMetrics,
        at now: ContinuousClock.Instant = beginning
    ) {
        for transition in transitions {
            metrics.apply(.change(transition), of: program, at: now)
        }
    }

    @Test func aProcessCountsFromZeroWhenItIsFirstSeen() {
        var metrics = SupervisorMetrics()
        #expect(Self.changes(&metrics, Self.snapshot("web", "group:a")))
        #expect(Set(metrics.processes.keys) == [.of("web"), .of("group:a")])
        #expect(metrics.processes.values.allSatisfy { $0.restarts == 0 && $0.state == .stopped })
        #expect(!Self.changes(&metrics, Self.snapshot("web", "group:a")))
    }

    @Test func aProcessThatSupervisordDoesNotHaveDisappears() {
        var metrics = SupervisorMetrics()
        Self.apply([.fatal], to: &metrics)
        #expect(metrics.processes[.of("web")]?.fatal == 1)
        #expect(Self.changes(&metrics, Self.snapshot("other", at: Self.beginning + .seconds(1))))
        #expect(Array(metrics.processes.keys) == [.of("other")])
    }

    @Test func aProcessThatIsNewerThanTheSnapshotStays() {
        var metrics = SupervisorMetrics()
        Self.apply([.starting(tries: 0)], to: &metrics, at: Self.beginning + .milliseconds(1))
        _ = metrics.apply(Self.snapshot(), of: Self.programs)
        #expect(metrics.processes.count == 1)
        _ = metrics.apply(Self.snapshot(at: Self.beginning + .seconds(1)), of: Self.programs)
        #expect(metrics.processes.isEmpty)
    }

    @Test(arguments: [1, 2, 3])
    func onlyAProgramWithoutTriesLeftIsGivenUp(failures: Int) {
        var metrics = SupervisorMetrics()
        for tries in 0..<failures {
            Self.apply([.starting(tries: tries), .backoff(tries: tries + 1)], to: &metrics)
        }
        Self.apply([.fatal], to: &metrics)
        #expect(metrics.processes[.of("web")]?.fatal == (failures == 3 ? 1 : 0))
        #expect(metrics.processes[.of("web")]?.backoff == failures)
    }

    private static let reasons: [(Snapshot.Reason, Int)] = [
        (.start, 0), (.lostEvents(count: 3), 3), (.lostEvents(count: -1), 0), (.reload, 0), (.request, 0),
    ]

    @Test(arguments: reasons)
    func lostEventsAreCounted(reason: Snapshot.Reason, count: Int) {
        var metrics = SupervisorMetrics()
        #expect(Self.changes(&metrics, Self.snapshot(reason: reason)) == (count > 0))
        _ = metrics.apply(Self.snapshot(reason: reason), of: Self.programs)
        #expect(metrics.lostEvents == 2 * count)
    }

    @Test func theJournalTellsWhenAProgramIsReadyAndHowLongTheStartupTook() {
        var metrics = SupervisorMetrics()
        Self.apply([.starting(tries: 0)], to: &metrics)
        #expect(Self.changes(&metrics, JournalEntry(.ready, process: .of("web"), seconds: 2.5)))
        #expect(metrics.processes[.of("web")]?.readyMilliseconds == 2500)
        #expect(Self.changes(&metrics, JournalEntry(.startup, seconds: 4)))
        #expect(metrics.startupMilliseconds == 4000)
        for entry in [
            JournalEntry(.ready, process: .of("web")), JournalEntry(.ready, seconds: 1), JournalEntry(.startup),
            JournalEntry(.decision, process: .of("web"), seconds: 1),
        ] {
            #expect(!Self.changes(&metrics, entry), "\(entry)")
        }
    }

    @Test func aProcessThatNobodyHasSeenIsNotReady() {
        var metrics = SupervisorMetrics()
        _ = metrics.apply(JournalEntry(.ready, process: .of("web"), seconds: 2.5))
        #expect(metrics.processes.isEmpty)
    }

    @Test func aSnapshotIsMissedAsLongAsSomethingIsUnknown() {
        var metrics = SupervisorMetrics()
        #expect(!metrics.isIncomplete)
        Self.apply([.starting(tries: 0)], to: &metrics)
        #expect(!metrics.isIncomplete)
        Self.apply([.exited(expected: true, pid: 1)], to: &metrics)
        #expect(metrics.isIncomplete)
        metrics.learn(exitStatus: 0, of: .of("other"))
        #expect(metrics.isIncomplete)
        metrics.learn(exitStatus: 0, of: .of("web"))
        #expect(!metrics.isIncomplete)
    }
}
