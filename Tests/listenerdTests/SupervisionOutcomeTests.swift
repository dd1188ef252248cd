import ListenerKit
import Testing

@testable import listenerd

@Suite struct SupervisionOutcomeTests {
    /// What became of a supervisord, and what follows.
    struct Case: Sendable, CustomTestStringConvertible {
        var end = TerminationStatus.exited(0)
        var recorded: UInt8?
        var orders: [Signal] = []
        var hasLostWatcher = false
        var isOverdue = false
        var status: Int32
        var leavesProgramsBehind = false
        var message: String?

        var testDescription: String { "\(end), \(recorded.map { "\($0)" } ?? "nothing") recorded → \(status)" }
    }

    static let cases = [
        Case(status: 0),
        Case(orders: [.terminate], status: 0),
        Case(recorded: 7, status: 7, message: "supervisord exited; exiting with status 7, which a listener recorded"),
        Case(recorded: 0, status: 0, message: "supervisord exited; exiting with status 0, which a listener recorded"),
        Case(hasLostWatcher: true, status: 70),
        Case(
            recorded: 7,
            hasLostWatcher: true,
            status: 7,
            message: "supervisord exited; exiting with status 7, which a listener recorded"
        ),
        Case(
            end: .exited(2),
            status: 2,
            leavesProgramsBehind: true,
            message: "supervisord exited with status 2"
        ),
        Case(
            end: .exited(127),
            status: 127,
            leavesProgramsBehind: true,
            message: """
                supervisord exited with status 127, as env and shells do if they cannot run a program; check the \
                interpreter in its #! line
                """
        ),
        Case(
            end: .exited(1),
            recorded: 7,
            status: 7,
            leavesProgramsBehind: true,
            message: "supervisord exited with status 1"
        ),
        Case(
            end: .killed(.kill),
            status: 137,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.kill),
            orders: [.terminate],
            status: 137,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.terminate),
            orders: [.terminate],
            status: 0,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGTERM before it could stop its programs"
        ),
        Case(
            end: .killed(.terminate),
            status: 143,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGTERM"
        ),
        Case(
            end: .killed(.kill),
            recorded: 7,
            status: 7,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.kill),
            hasLostWatcher: true,
            status: 70,
            leavesProgramsBehind: true,
            message: "supervisord was killed by SIGKILL"
        ),
        // That it was killed has been said.
        Case(end: .killed(.kill), orders: [.terminate], isOverdue: true, status: 0, leavesProgramsBehind: true),
        Case(
            end: .killed(.kill),
            recorded: 7,
            orders: [.terminate],
            isOverdue: true,
            status: 7,
            leavesProgramsBehind: true,
            message: "exiting with status 7, which a listener recorded"
        ),
        Case(
            end: .killed(.kill),
            orders: [.terminate],
            hasLostWatcher: true,
            isOverdue: true,
            status: 70,
            leavesProgramsBehind: true
        ),
    ]

    @Test(arguments: cases)
    func recordedStatusComesFirst(_ example: Case) {
        let outcome = SupervisionOutcome(
            end: example.end,
            recorded: example.recorded,
            orders: example.orders,
            hasLostWatcher: example.hasLostWatcher,
            isOverdue: example.isOverdue
        )
        #expect(outcome.status.rawValue == example.status)
        #expect(outcome.leavesProgramsBehind == example.leavesProgramsBehind)
        #expect(outcome.message?.text == example.message)
    }
}
