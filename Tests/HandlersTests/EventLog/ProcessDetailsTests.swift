import ListenerKit
import ListenerTesting
import Testing

@testable import Handlers

/// Since when processes are up, if events come late.
@Suite struct ProcessDetailsTests {
    private static let web = ProcessName(group: "web", process: "web")

    private static func change(_ seconds: Double, _ transition: ProcessStateEvent.Transition) -> ProcessStateEvent {
        ProcessStateEvent(
            header: EventHeader(
                name: "PROCESS_STATE_\(transition.state)",
                time: Timestamp(nanoseconds: Int64(seconds * 1e9))
            ),
            process: web,
            previous: .unknown,
            transition: transition
        )
    }

    private static func snapshot(_ state: ProcessState, since start: Int, pid: Int?) -> Snapshot {
        Snapshot(
            processes: [ProcessInformation(name: web, state: state, startTime: Timestamp(seconds: start), pid: pid)],
            reason: .start
        )
    }

    private static func uptime(
        _ details: inout ProcessDetails,
        _ seconds: Double,
        _ transition: ProcessStateEvent.Transition
    ) -> Double? {
        let change = change(seconds, transition)
        var record = LogRecord(.processState(change))
        details.add(to: &record, change)
        return record.uptime
    }

    @Test func timelyEventsTellHowLongItWasUp() {
        var details = ProcessDetails(supervisor: nil)
        #expect(Self.uptime(&details, 10, .starting(tries: 0)) == nil)
        #expect(Self.uptime(&details, 11.5, .running(pid: 5)) == 1.5)
        #expect(Self.uptime(&details, 20, .stopping(pid: 5)) == 10)
        #expect(Self.uptime(&details, 21, .stopped(pid: 5)) == 11)
        #expect(Self.uptime(&details, 22, .stopped(pid: 5)) == nil)
    }

    @Test func aSnapshotTellsTheStartOfTheProcessThatItShows() {
        var details = ProcessDetails(supervisor: nil)
        details.learn(from: Self.snapshot(.running, since: 10, pid: 5))
        #expect(Self.uptime(&details, 20, .stopping(pid: 5)) == 10)
        #expect(Self.uptime(&details, 21, .stopped(pid: 5)) == 11)
        #expect(Self.uptime(&details, 30, .starting(tries: 0)) == nil)
        #expect(Self.uptime(&details, 31, .running(pid: 6)) == 1)
    }

    @Test func anEventOfAnEarlierStartIsNotMeasuredByALaterOne() {
        var details = ProcessDetails(supervisor: nil)
        details.learn(from: Self.snapshot(.starting, since: 10, pid: 6))
        #expect(Self.uptime(&details, 11.4, .stopping(pid: 5)) == nil)
        #expect(Self.uptime(&details, 11.4, .stopped(pid: 5)) == nil)
        #expect(Self.uptime(&details, 11.4, .exited(expected: false, pid: 5)) == nil)
        #expect(Self.uptime(&details, 11.4, .backoff(tries: 1)) == nil)
        #expect(Self.uptime(&details, 11.4, .starting(tries: 0)) == nil)
        #expect(Self.uptime(&details, 11.5, .running(pid: 6)) == 1.5)
        #expect(Self.uptime(&details, 20, .exited(expected: false, pid: 6)) == 10)
    }

    @Test func changesAlreadyInASnapshotAreNotTimed() {
        var details = ProcessDetails(supervisor: nil)
        details.learn(from: Self.snapshot(.running, since: 10, pid: 6))
        #expect(Self.uptime(&details, 11.1, .starting(tries: 0)) == nil)
        #expect(Self.uptime(&details, 11.1, .running(pid: 6)) == nil)
        #expect(Self.uptime(&details, 15, .stopping(pid: 6)) == 5)
        details = ProcessDetails(supervisor: nil)
        details.learn(from: Self.snapshot(.stopping, since: 10, pid: 6))
        #expect(Self.uptime(&details, 15, .running(pid: 6)) == nil)
        #expect(Self.uptime(&details, 15, .stopping(pid: 6)) == nil)
        #expect(Self.uptime(&details, 16, .stopped(pid: 6)) == 6)
    }

    @Test func aStartWhoseEndWasMissedMeasuresNothing() {
        var details = ProcessDetails(supervisor: nil)
        _ = Self.uptime(&details, 10, .starting(tries: 0))
        _ = Self.uptime(&details, 11, .running(pid: 5))
        #expect(Self.uptime(&details, 20, .stopping(pid: 6)) == nil)
        #expect(Self.uptime(&details, 21, .stopped(pid: 6)) == nil)
        _ = Self.uptime(&details, 30, .starting(tries: 0))
        #expect(Self.uptime(&details, 31, .running(pid: 7)) == 1)
        details.learn(from: Self.snapshot(.running, since: 40, pid: 8))
        #expect(Self.uptime(&details, 45, .stopping(pid: 8)) == 5)
    }

    @Test func aSnapshotDoesNotReplaceTheSameStartSeenExactly() {
        var details = ProcessDetails(supervisor: nil)
        _ = Self.uptime(&details, 10.75, .starting(tries: 0))
        details.learn(from: Self.snapshot(.starting, since: 10, pid: 5))
        #expect(Self.uptime(&details, 12, .running(pid: 5)) == 1.25)
        details.learn(from: Self.snapshot(.running, since: 10, pid: 5))
        #expect(Self.uptime(&details, 13, .stopping(pid: 5)) == 2.25)
    }

    @Test func processesThatAreGoneAreForgotten() {
        var details = ProcessDetails(supervisor: nil)
        var wasCrowded = false
        for number in 0..<5000 {
            let change = ProcessStateEvent(
                header: EventHeader(name: "PROCESS_STATE_STARTING"),
                process: .of("p\(number)"),
                previous: .stopped,
                transition: .starting(tries: 0)
            )
            var record = LogRecord(.processState(change))
            details.add(to: &record, change)
            if details.isCrowded {
                wasCrowded = true
                details.learn(from: Self.snapshot(.running, since: 10, pid: 5))
                #expect(!details.isCrowded)
            }
        }
        #expect(wasCrowded)
        #expect(Self.uptime(&details, 20, .stopping(pid: 5)) == 10)
    }

    @Test func aStartThatSupervisordKnowsToBeOverIsForgotten() async throws {
        let supervisor = try FakeSupervisor("web")
        var details = ProcessDetails(supervisor: Supervisor(endpoint: supervisor.endpoint))
        details.learn(from: Self.snapshot(.starting, since: 10, pid: -5))
        let change = Self.change(12, .backoff(tries: 1))
        var record = LogRecord(.processState(change))
        details.add(to: &record, change)
        await details.ask(for: &record, change)
        #expect(record.uptime == nil)
        #expect(Self.uptime(&details, 13, .starting(tries: 1)) == nil)
        #expect(Self.uptime(&details, 14.5, .running(pid: 6)) == 1.5)
    }
}
