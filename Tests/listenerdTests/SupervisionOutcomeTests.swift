import ListenerKit
import Testing

@testable import listenerd

@Suite struct SupervisionOutcomeTests {
    /// How supervisord has ended, and what follows.
    struct Case: Sendable, CustomTestStringConvertible {
        var end = TerminationStatus.exited(0)
        var recordedStatus: UInt8?
        var shutdownSignals: [Signal] = []
        var hasLostListener = false
        var isOverdue = false
        var status: Int32
        var leavesProgramsRunning = false
        var message: String?

        var testDescription: String { "\(end), \(recordedStatus.map { "\($0)" } ?? "nothing") recorded → \(status)" }
    }

    static let cases = [
        Case(status: 0),
        Case(shutdownSignals: [.terminate], status: 0),
        Case(
            recordedStatus: 7,
            status: 7,
            message: "supervisord exited; exiting with status 7, which a listener recorded"
        ),
        Case(
            recordedStatus: 0,
            status: 0,
            message: "supervisord exited; exiting with status 0, which a listener recorded"
        ),
        Case(hasLostListener: true, status: 70),
        Case(
            recordedStatus: 7,
            hasLostListener: true,
            status: 7,
            message: "supervisord exited; exiting with status 7, which a listener recorded"
        ),
        Case(
            end: .exited(2),
            status: 2,
            leavesProgramsRunning: true,
            message: "supervisord exited with status 2"
        ),
        Case(
            end: .exited(127),
            status: 127,
            leavesProgramsRunning: true,
            message: """
                supervisord exited with status 127, as env and shells do if they cannot run a program; check the \
                interpreter in its #! line
                """
        ),
        Case(
            end: .exited(1),
            recordedStatus: 7,
            status: 7,
            leavesProgramsRunning: true,
            message: "supervisord exited with status 1"
        ),
        Case(
            end: .killed(.kill),
            status: 137,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.kill),
            shutdownSignals: [.terminate],
            status: 137,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.terminate),
            shutdownSignals: [.terminate],
            status: 0,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGTERM before it could stop its programs"
        ),
        Case(
            end: .killed(.terminate),
            status: 143,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGTERM"
        ),
        Case(
            end: .killed(.kill),
            recordedStatus: 7,
            status: 7,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGKILL"
        ),
        Case(
            end: .killed(.kill),
            hasLostListener: true,
            status: 70,
            leavesProgramsRunning: true,
            message: "supervisord was killed by SIGKILL"
        ),
        // That it was killed has been reported.
        Case(
            end: .killed(.kill),
            shutdownSignals: [.terminate],
            isOverdue: true,
            status: 0,
            leavesProgramsRunning: true
        ),
        Case(
            end: .killed(.kill),
            recordedStatus: 7,
            shutdownSignals: [.terminate],
            isOverdue: true,
            status: 7,
            leavesProgramsRunning: true,
            message: "exiting with status 7, which a listener recorded"
        ),
        Case(
            end: .killed(.kill),
            shutdownSignals: [.terminate],
            hasLostListener: true,
            isOverdue: true,
            status: 70,
            leavesProgramsRunning: true
        ),
    ]

    @Test(arguments: cases)
    func recordedStatusComesFirst(_ example: Case) {
        let outcome = SupervisionOutcome(
            end: example.end,
            recordedStatus: example.recordedStatus,
            shutdownSignals: example.shutdownSignals,
            hasLostListener: example.hasLostListener,
            isOverdue: example.isOverdue
        )
        #expect(outcome.exitStatus.rawValue == example.status)
        #expect(outcome.leavesProgramsRunning == example.leavesProgramsRunning)
        #expect(outcome.message?.text == example.message)
    }

    /// What a listener has said, how supervisord has ended, and what is passed on as the reason.
    static let reasons: [(String?, TerminationStatus, [String])] = [
        (nil, .exited(2), ["supervisord exited with status 2"]),
        (nil, .exited(0), ["supervisord has ended"]),
        (
            "web is FATAL", .exited(0),
            ["web is FATAL", "supervisord exited; exiting with status 70, which a listener recorded"]
        ),
    ]

    @Test(arguments: reasons)
    func theReasonOfTheListenerComesFirst(cause: String?, end: TerminationStatus, reasons: [String]) {
        let outcome = SupervisionOutcome(
            end: end,
            recordedStatus: cause == nil ? nil : 70,
            shutdownSignals: [],
            hasLostListener: false,
            isOverdue: false,
            cause: cause
        )
        #expect(outcome.reasons == reasons)
    }
}
