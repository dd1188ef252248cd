import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// When a listener counts as failed, after successive checks.
@Suite struct WatchedListenerTests {
    /// Checks of the listener, and the loss that the last of them reports; earlier ones must report none.
    struct Case: Sendable, CustomTestStringConvertible {
        var keys = ""
        var arguments = "--fatal-exit"
        var checks: [Check]
        var loss: String?

        var testDescription: String { "\(arguments) \(keys): \(loss ?? "works")" }
    }

    /// The state that a check finds.
    typealias Check = (state: ProcessState, pid: Int?, status: Int)

    private static func run(_ pids: Int...) -> [Check] {
        pids.map { (.running, $0, 0) }
    }

    private static func section(_ arguments: String, _ keys: String = "") throws -> EventListenerConfiguration {
        let folder = try TestFolder()
        let text = "[eventlistener:listenerd]\ncommand=listenerd \(arguments)\nevents=PROCESS_STATE\n\(keys)\n"
        try folder.write(text, to: "f")
        return try #require(try SupervisorConfiguration(path: folder.path(of: "f")).eventListeners.first)
    }

    private static let consequence = "so nothing would shut down supervisord after a failure"
    private static let crashes = "listenerd fails every time it is started, \(consequence)"
    private static let gone = "listenerd is EXITED, \(consequence)"

    static let cases = [
        Case(checks: run(1, 2, 3, 4, 5), loss: crashes),
        Case(
            arguments: "--log",
            checks: run(1, 2, 3, 4, 5),
            loss: "listenerd fails every time it is started, so the handlers"
        ),
        Case(
            checks: [(.starting, 1, 0), (.exited, nil, 71), (.starting, 2, 0), (.exited, nil, 71), (.starting, 3, 0)],
            loss: crashes
        ),
        Case(checks: run(1, 1, 1, 1, 1, 1, 1)),
        // An operator restarts it, or supervisord reloads.
        Case(checks: run(1, 2, 3, 3, 4, 5, 6, 6, 7)),
        Case(checks: run(1, 2, 3) + [(.stopped, nil, 0)] + run(4, 5, 6) + [(.stopping, 6, 0)] + run(7, 8)),
        Case(checks: [(.stopped, nil, 0), (.stopped, nil, 0)]),
        Case(checks: run(1, 2, 3, 4) + Array(repeating: (.backoff, nil, 0), count: 9) + run(5, 6)),
        Case(checks: run(1) + [(.fatal, nil, 0)], loss: "listenerd is FATAL, \(consequence)"),
        Case(
            arguments: "--log",
            checks: [(.fatal, nil, 0)],
            loss: "listenerd is FATAL, so the handlers given to supervise do not run"
        ),
        Case(checks: run(1) + [(.exited, nil, 0)], loss: gone),
        Case(keys: "autorestart=false", checks: [(.exited, nil, 1)], loss: gone),
        Case(keys: "autorestart=true", checks: [(.exited, nil, 0)]),
        // An operator stops it, and it is started again.
        Case(
            keys: "autorestart=true",
            checks: run(1) + [(.exited, nil, 0)] + run(2, 2) + [(.exited, nil, 1)] + run(3, 3, 4, 4)
        ),
        Case(
            keys: "autorestart=true",
            checks: [(.exited, nil, 0), (.running, 2, 0), (.exited, nil, 0), (.running, 3, 0), (.exited, nil, 0)],
            loss: crashes
        ),
        // It has started everything.
        Case(
            arguments: "--ordered-startup --ordered-startup-exit",
            checks: run(1) + Array(repeating: (.exited, nil, 0), count: 9)
        ),
    ]

    @Test(arguments: cases)
    func listenersThatDoNotWorkAreLost(example: Case) throws {
        let section = try Self.section(example.arguments, example.keys)
        var listener = try #require(WatchedListener(section, added: "listenerd"))
        var losses: [String?] = []
        for check in example.checks {
            let name = ProcessName(group: "listenerd", process: "listenerd")
            losses.append(
                listener.apply([
                    ProcessInformation(name: name, state: check.state, exitStatus: check.status, pid: check.pid)
                ])
            )
        }
        #expect(losses.dropLast().allSatisfy { $0 == nil }, "\(losses)")
        #expect((losses.last ?? nil)?.hasPrefix(example.loss ?? "?") ?? (example.loss == nil), "\(losses)")
    }

    @Test(arguments: [
        ("--log", "listenerd", true), ("--log", nil, false), ("--log", "other", false), ("--fatal-exit", nil, true),
    ])
    func onlyWhatWasAddedOrEndsEverythingMatters(arguments: String, added: String?, matters: Bool) throws {
        #expect((WatchedListener(try Self.section(arguments), added: added) != nil) == matters)
    }
}
