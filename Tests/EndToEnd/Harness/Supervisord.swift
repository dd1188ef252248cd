import ExecutableTesting
import Foundation
import ListenerKit

/// A real supervisord for one test, in a folder of its own.
///
/// In its configuration, `%(ENV_LISTENERD)s` is the listenerd under test, `%(ENV_GATES)s` the folder of the programs with gates,
/// and `%(here)s` the folder.
final class Supervisord: SupervisedRun {
    /// The folder of its configuration, its socket and its logs.
    let folder: TestFolder
    let program: RunningProgram

    /// The name of its configuration file in the folder.
    static let configuration = "supervisord.conf"
    private static let ownLog = "supervisord.log"

    private init(in folder: TestFolder, _ environment: [String: String]) throws {
        self.folder = folder
        program = try RunningProgram(
            TestedExecutable.supervisord,
            ["-n", "-c", folder.path(of: Self.configuration)],
            environment: try Self.environment(of: folder).merging(environment) { $1 },
            output: folder.path(of: Self.ownLog)
        )
    }

    /// Runs a test with a supervisord, and afterwards ends it and everything that it has started, even if the test throws.
    ///
    /// - Parameters:
    ///   - sections: Its configuration, in addition to ``Sections/supervisord``.
    ///   - server: The section of its server; nil for none.
    ///   - environment: Variables in addition to those of the tests.
    ///   - slots: How many of the ``RunSlots`` it takes.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        _ sections: String,
        server: String? = Sections.server,
        environment: [String: String] = [:],
        slots: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        let text = [Sections.supervisord, server ?? "", sections].joined(separator: "\n")
        try await run(files: [configuration: text], environment: environment, slots: slots, test)
    }

    /// Runs a test with a supervisord whose configuration is in given files.
    ///
    /// - Parameters:
    ///   - files: The files' contents, by their paths in the folder.
    ///   - environment: Variables in addition to those of the tests.
    ///   - arguments: The arguments of a `supervise --print` that composes the configuration; nil if it is one of the files.
    ///   - slots: How many of the ``RunSlots`` it takes.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        files: [String: String],
        environment: [String: String] = [:],
        composedBy arguments: [String]? = nil,
        slots: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        try await withSlots(slots) {
            let folder = try TestFolder(with: files)
            if let arguments {
                try await compose(arguments, in: folder)
            }
            try await run(try Supervisord(in: folder, environment), test)
        }
    }

    private static func compose(_ arguments: [String], in folder: TestFolder) async throws {
        let words = arguments.map { $0.replacing("%(here)s", with: folder.path) }
        let composing = try RunningProgram(
            TestedExecutable.listenerd,
            ["supervise", "--print"] + words,
            environment: ["LISTENERD": TestedExecutable.listenerd],
            output: folder.path(of: configuration),
            errors: folder.path(of: ownLog)
        )
        guard try await composing.waitForEnd() == .status(0) else {
            throw TestFailure(folder.text(of: ownLog))
        }
    }
}

// MARK: - What it has logged

extension Supervisord {
    /// What supervisord has logged so far.
    var log: String { folder.text(of: Self.ownLog) }

    /// The complete lines that the listener has written to standard error so far.
    var listenerLines: [String] { folder.lines(of: Sections.listenerLog) }

    /// The messages among them; the other lines are those of `--log`.
    var messages: [String] { listenerLines.filter { $0.hasPrefix("listenerd: ") } }

    /// Both logs, for the message of a failed expectation.
    var logs: String {
        "supervisord:\n\(log)\nthe listener:\n\(folder.text(of: Sections.listenerLog))"
    }
}

// MARK: - Calls

extension Supervisord {
    /// supervisord's RPC interface, at the socket of ``Sections/server``.
    var rpc: Supervisor {
        get throws {
            Supervisor(endpoint: try Endpoint("unix://\(folder.path(of: "socket"))"), timeout: waitTimeout)
        }
    }

    /// Waits until the listener has written a number of lines that contain a text.
    func wait(forLine text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' from the listener") {
            listenerLines.count { $0.contains(text) } >= times
        }
    }

    /// Applies a changed configuration as `supervisorctl update` does.
    func update() async throws {
        let changes = try await rpc.reloadConfig()
        for group in changes.removed + changes.changed {
            _ = try await rpc.stopProcessGroup(group)
            try await rpc.removeProcessGroup(group)
        }
        for group in changes.changed + changes.added {
            try await rpc.addProcessGroup(group)
        }
    }

    /// Rewrites the configuration file.
    func edit(_ change: (String) -> String) throws {
        try folder.write(change(folder.text(of: Self.configuration)), to: Self.configuration)
    }

    /// Waits until a program is in a state.
    func wait(for name: String, _ state: ProcessState) async throws {
        try await wait(for: "\(name) \(state.name)") { try await rpc.processInfo(of: name).state == state }
    }
}

extension String {
    /// Returns how often a text occurs.
    func occurrences(of text: String) -> Int {
        ranges(of: text).count
    }

    /// Returns whether texts occur in this order.
    func inOrder(_ texts: String...) -> Bool {
        var rest = self[...]
        for text in texts {
            guard let found = rest.firstRange(of: text) else {
                return false
            }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
