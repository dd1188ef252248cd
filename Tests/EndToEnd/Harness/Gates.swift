import ExecutableTesting
import Foundation

/// The commands of the programs in the folder `gates`, which say in their own words how to use them.
enum GateProgram {
    /// A server of TCP, HTTP or a Unix socket.
    static let server = "%(ENV_GATES)s/server"
    /// Notifies as sd_notify(3) does.
    static let notify = "%(ENV_GATES)s/notify"
    /// Writes to its standard output and standard error.
    static let speak = "%(ENV_GATES)s/speak"
}

extension Sections {
    /// Key of a listener that hears everything that gates need.
    static let gateEvents = "events=PROCESS_STATE,PROCESS_LOG,PROCESS_COMMUNICATION,PROCESS_GROUP_ADDED"
    /// Key of a program with the socket for its notifications in the folder.
    static let notifySocket = "environment=NOTIFY_SOCKET=\"%(here)s/notify\""

    /// Returns the section of a program with gates, RUNNING as soon as it is started.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - command: Its command.
    ///   - gates: Its gates.
    ///   - parents: What it waits for.
    ///   - keys: More keys, a line each; they come last, and so override others.
    /// - Returns: The section.
    static func gated(
        named name: String = "server",
        _ command: String,
        ready gates: String...,
        after parents: String = "",
        keys: String...
    ) -> String {
        native(name, command, after: parents, "ready=" + gates.joined(separator: "\n  "), keys.joined(separator: "\n"))
    }

    /// Returns the section of a program that keeps what had been recorded in the folder when it was started.
    static func witness(_ name: String = "child", after parents: String = "server", _ keys: String...) -> String {
        native(name, witnessCommand(name), after: parents, keys.joined(separator: "\n"))
    }

    /// Returns the command of ``witness(_:after:_:)``.
    static func witnessCommand(_ name: String) -> String {
        let (record, part, seen) = ("%(here)s/record", "%(here)s/\(name).part", "%(here)s/\(name).seen")
        return "/bin/sh -c 'cat \(record) >\(part) 2>/dev/null; mv \(part) \(seen); exec sleep 600'"
    }
}

extension SupervisedRun {
    /// What the programs in the folder `gates` have recorded so far.
    var record: [String] { folder.lines(of: "record") }

    /// Waits until a line has been recorded a number of times.
    func wait(forRecord line: String, times: Int = 1) async throws {
        try await wait(for: "\(times) × '\(line)' in the record") { record.count { $0 == line } >= times }
    }

    /// Waits until a witness has started.
    ///
    /// - Returns: What had been recorded by then.
    func record(seenBy witness: String = "child") async throws -> [String] {
        try await wait(for: "the start of \(witness)") {
            FileManager.default.fileExists(atPath: folder.path(of: "\(witness).seen"))
        }
        // The line may come later than what the witness does.
        try await wait(forLog: "spawned: '\(witness)'")
        return folder.lines(of: "\(witness).seen")
    }

    /// Creates a file for which a program in the folder waits.
    func create(_ name: String) throws {
        try folder.write("", to: name)
    }

    /// Runs `listenerd` with a subcommand for the configuration of this run.
    ///
    /// - Parameters:
    ///   - arguments: The subcommand and its arguments.
    ///   - configuration: The path of the configuration.
    /// - Returns: How it ended, and what it wrote.
    /// - Throws: ``TestFailure`` if it cannot be started, or does not end.
    func listenerd(
        _ arguments: String...,
        configuration: String
    ) async throws -> (ending: RunningProgram.Ending, output: String) {
        let output = "output-\(UUID().uuidString)"
        let command = try RunningProgram(
            TestedExecutable.listenerd,
            arguments + ["-c", configuration],
            environment: try Self.environment(of: folder),
            output: folder.path(of: output)
        )
        let ending = try await command.waitForEnd(diagnostics: { folder.text(of: output) })
        return (ending, folder.text(of: output))
    }
}

extension Supervisord {
    /// What `listenerd status` shows.
    ///
    /// - Parameter arguments: Its arguments.
    /// - Returns: Whether it exited with 0, and what it wrote.
    /// - Throws: ``TestFailure`` if it cannot be started, or does not end.
    func status(_ arguments: String...) async throws -> (isUp: Bool, output: String) {
        let configuration = folder.path(of: Self.configuration)
        let (ending, output) =
            arguments.isEmpty
            ? try await listenerd("status", configuration: configuration)
            : try await listenerd("status", arguments.joined(separator: " "), configuration: configuration)
        return (ending == .status(0), output)
    }

    /// Waits until a line of `listenerd status` contains texts.
    func wait(forStatus texts: String...) async throws {
        var latest = ""
        do {
            try await wait(for: "\(texts) in the status") {
                latest = try await status().output
                return latest.split(separator: "\n").contains { line in texts.allSatisfy { line.contains($0) } }
            }
        } catch let failure as TestFailure {
            throw TestFailure("\(failure)\nthe status:\n\(latest)")
        }
    }
}
