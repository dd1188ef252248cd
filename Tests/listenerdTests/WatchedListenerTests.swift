import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// When a listener counts as lost, by what is seen of it look by look.
@Suite struct WatchedListenerTests {
    /// Looks at the listener, and whether it is lost at the last of them, and never before.
    struct Case: Sendable, CustomTestStringConvertible {
        var keys = ""
        var arguments = "--fatal-exit"
        var looks: [Look]
        var loss: String?

        var testDescription: String { "\(arguments) \(keys): \(loss ?? "works")" }
    }

    /// How it stands.
    typealias Look = (state: ProcessState, pid: Int?, status: Int)

    private static func run(_ pids: Int...) -> [Look] {
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
        Case(looks: run(1, 2, 3, 4, 5), loss: crashes),
        Case(
            arguments: "--log",
            looks: run(1, 2, 3, 4, 5),
            loss: "listenerd fails every time it is started, so the handlers"
        ),
        Case(
            looks: [(.starting, 1, 0), (.exited, nil, 71), (.starting, 2, 0), (.exited, nil, 71), (.starting, 3, 0)],
            loss: crashes
        ),
        Case(looks: run(1, 1, 1, 1, 1, 1, 1)),
        // An operator restarts it, or supervisord begins anew.
        Case(looks: run(1, 2, 3, 3, 4, 5, 6, 6, 7)),
        Case(looks: run(1, 2, 3) + [(.stopped, nil, 0)] + run(4, 5, 6) + [(.stopping, 6, 0)] + run(7, 8)),
        Case(looks: [(.stopped, nil, 0), (.stopped, nil, 0)]),
        Case(looks: run(1, 2, 3, 4) + Array(repeating: (.backoff, nil, 0), count: 9) + run(5, 6)),
        Case(looks: run(1) + [(.fatal, nil, 0)], loss: "listenerd is FATAL, \(consequence)"),
        Case(
            arguments: "--log",
            looks: [(.fatal, nil, 0)],
            loss: "listenerd is FATAL, so the handlers given to supervise do not run"
        ),
        Case(looks: run(1) + [(.exited, nil, 0)], loss: gone),
        Case(keys: "autorestart=false", looks: [(.exited, nil, 1)], loss: gone),
        Case(keys: "autorestart=true", looks: [(.exited, nil, 0)]),
        // Somebody ends it, and it is started again.
        Case(
            keys: "autorestart=true",
            looks: run(1) + [(.exited, nil, 0)] + run(2, 2) + [(.exited, nil, 1)] + run(3, 3, 4, 4)
        ),
        Case(
            keys: "autorestart=true",
            looks: [(.exited, nil, 0), (.running, 2, 0), (.exited, nil, 0), (.running, 3, 0), (.exited, nil, 0)],
            loss: crashes
        ),
        // It has started everything.
        Case(
            arguments: "--ordered-startup --ordered-startup-exit",
            looks: run(1) + Array(repeating: (.exited, nil, 0), count: 9)
        ),
    ]

    @Test(arguments: cases)
    func listenersThatDoNotWorkAreLost(example: Case) throws {
        let section = try Self.section(example.arguments, example.keys)
        var listener = try #require(WatchedListener(section, added: "listenerd"))
        var losses: [String?] = []
        for look in example.looks {
            let name = ProcessName(group: "listenerd", process: "listenerd")
            losses.append(
                listener.take([
                    ProcessInformation(name: name, state: look.state, exitStatus: look.status, pid: look.pid)
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
