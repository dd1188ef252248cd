import ExecutableTesting
import Foundation
import ListenerKit

/// A real supervisord that runs for one test, in a folder of its own.
///
/// In its configuration, `%(ENV_LISTENERD)s` is the listenerd to test, and `%(here)s` the folder.
final class Supervisord: SupervisedRun {
    /// Where its configuration, its socket and its logs are.
    let folder: TestFolder
    let program: RunningProgram

    /// The file in its folder with its configuration.
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

    /// Runs a test with a supervisord, which is ended afterwards with all that it has started, whatever the test does.
    ///
    /// - Parameters:
    ///   - sections: Its configuration, beyond what every one here has.
    ///   - server: The section by which it is reached.
    ///   - environment: Variables that it has besides those of the tests.
    ///   - places: How much of the machine it takes, of ``Gate/allPlaces``.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        _ sections: String,
        server: String? = Sections.server,
        environment: [String: String] = [:],
        places: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        let text = [Sections.supervisord, server ?? "", sections].joined(separator: "\n")
        try await run(files: [configuration: text], environment: environment, places: places, test)
    }

    /// Runs a test with a supervisord whose configuration are these files, by their paths in its folder.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - environment: Variables that it has besides those of the tests.
    ///   - arguments: Those of a `supervise --print` that composes the configuration; nil where it is one of the files.
    ///   - places: How many of the places for tests that run at once it takes.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        files: [String: String],
        environment: [String: String] = [:],
        composedBy arguments: [String]? = nil,
        places: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        try await inTurn(places: places) {
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

// MARK: - What it has done

extension Supervisord {
    /// What it has said so far.
    var log: String { folder.text(of: Self.ownLog) }

    /// What the listener has written to standard error so far, line by line.
    var listenerLines: [String] { folder.lines(of: Sections.listenerLog) }

    /// What the listener has said for itself so far.
    var sayings: [String] { listenerLines.filter { $0.hasPrefix("listenerd: ") } }

    /// Everything that helps to understand a failure.
    var story: String {
        "supervisord:\n\(log)\nthe listener:\n\(folder.text(of: Sections.listenerLog))"
    }
}

// MARK: - What it is asked and told

extension Supervisord {
    /// Its RPC interface, at the socket of ``Sections/server``.
    var rpc: Supervisor {
        get throws {
            Supervisor(endpoint: try Endpoint("unix://\(folder.path(of: "socket"))"), timeout: waitTimeout)
        }
    }

    /// Waits until the listener has written a line with a text.
    func wait(forLine text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' from the listener") {
            listenerLines.count { $0.contains(text) } >= times
        }
    }

    /// Does what `supervisorctl update` does.
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

    /// Writes its configuration anew.
    func edit(_ change: (String) -> String) throws {
        try folder.write(change(folder.text(of: Self.configuration)), to: Self.configuration)
    }

    /// Waits until a program is in a state.
    func wait(for name: String, _ state: ProcessState) async throws {
        try await wait(for: "\(name) \(state.name)") { try await rpc.processInfo(of: name).state == state }
    }
}

extension String {
    /// How often a text is in this one.
    func occurrences(of text: String) -> Int {
        ranges(of: text).count
    }

    /// Whether it has these texts, each behind the one before.
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
