import ExecutableTesting
import Foundation
import Testing

/// A `listenerd supervise` for one test, in a folder of its own.
///
/// In its arguments, `%(here)s` is the folder. Its `TMPDIR` is a folder in that, which must be empty afterwards.
final class Supervise: SupervisedRun {
    /// The folder of its base, its temporary files and its logs.
    let folder: TestFolder
    let program: RunningProgram
    private let wrapper: [String]
    private let command: [String]
    private let variables: [String: String]

    /// The name of its `TMPDIR` in the folder.
    static let temporary = "tmp"
    /// The name of its base in the folder.
    static let base = "supervisord.conf"
    private static let output = "output"
    private static let errors = "errors"

    /// How it is started.
    struct Options: Sendable {
        /// A command that runs the one that follows it, by an absolute path.
        var wrapper: [String] = []
        /// Variables in addition to those of the tests.
        var environment: [String: String] = [:]
        /// The path of its base in the folder.
        var base = Supervise.base
        /// The command that starts supervisord; nil for the one on the `PATH`.
        var supervisord: String? = try? TestedExecutable.supervisord
    }

    private init(_ arguments: [String], _ options: Options, in folder: TestFolder) throws {
        self.folder = folder
        let supervisord = options.supervisord.map { ["--supervisord", $0] } ?? []
        let words = ["supervise", "-c", folder.path(of: options.base)] + supervisord + arguments
        command = [try TestedExecutable.listenerd] + words.map { $0.replacing("%(here)s", with: folder.path) }
        wrapper = options.wrapper.map { $0.replacing("%(here)s", with: folder.path) }
        variables = try Self.environment(of: folder)
            .merging(["TMPDIR": folder.path(of: Self.temporary), "ROLES": ""]) { $1 }
            .merging(options.environment.mapValues { $0.replacing("%(here)s", with: folder.path) }) { $1 }
        program = try Self.start(wrapper + command, variables, in: folder)
    }

    private static func start(
        _ words: [String],
        _ variables: [String: String],
        in folder: TestFolder
    ) throws -> RunningProgram {
        try RunningProgram(
            words[0],
            Array(words.dropFirst()),
            environment: variables,
            output: folder.path(of: output),
            errors: folder.path(of: errors)
        )
    }

    /// Runs a test with a `supervise`, and afterwards ends it and everything that it has started, even if the test throws.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments, in addition to those that name the base and supervisord.
    ///   - programs: The sections of its base after `[supervisord]`.
    ///   - files: More files, by their paths in the folder; one of them may be the base.
    ///   - options: How it is started.
    ///   - prepare: Prepares the folder before the start.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        _ arguments: [String],
        _ programs: String = "",
        files: [String: String] = [:],
        _ options: Options = Options(),
        prepare: (TestFolder) throws -> Void = { _ in },
        _ test: (Supervise) async throws -> Void
    ) async throws {
        try await withSlots {
            let base = [base: "\(Sections.daemon)\n\(programs)"]
            let folder = try TestFolder(with: base.merging(files) { $1 })
            try FileManager.default.createDirectory(
                atPath: folder.path(of: temporary),
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o1777]
            )
            // The umask may have removed permissions.
            chmod(folder.path(of: temporary), 0o1777)
            try prepare(folder)
            try await run(try Supervise(arguments, options, in: folder), test)
        }
    }
}

// MARK: - Logs and processes

extension Supervise {
    /// What supervisord has logged so far.
    var log: String { folder.text(of: Self.output) }

    /// What it and the listener that it has added have written to standard error so far.
    var errors: String { folder.text(of: Self.errors) }

    /// The names in its `TMPDIR`.
    var leftovers: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path(of: Self.temporary))) ?? []
    }

    /// Both outputs, for the message of a failed expectation.
    var logs: String { "supervisord:\n\(log)\nlistenerd:\n\(errors)" }

    /// The process id of the latest supervisord; nil before it has logged that.
    var supervisord: Int32? {
        get throws {
            log.firstMatch(of: /supervisord started with pid ([0-9]+)\n/).flatMap { Int32($0.1) }
        }
    }

    /// Waits until it or the listener has written a text to standard error.
    func wait(forLine text: String) async throws {
        try await wait(for: "'\(text)' on standard error") { errors.contains(text) }
    }

    /// The process id of `supervise`: a wrapper that the test has started may be its parent.
    var pid: Int32 {
        Self.parents.first { $0.parent == program.pid && isSupervise($0.pid) }?.pid ?? program.pid
    }

    private func isSupervise(_ pid: Int32) -> Bool {
        let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")?.split(separator: 0) ?? []
        return words.dropFirst().first?.elementsEqual("supervise".utf8) ?? false
    }

    /// The process ids of its children, including those that it has not reaped yet.
    var children: [Int32] {
        let pid = pid
        return Self.parents.filter { $0.parent == pid }.map { $0.pid }
    }

    private static var parents: [(pid: Int32, parent: Int32)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.compactMap { pid in
            let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
            let words = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
            return words.dropFirst().first.flatMap { Int32($0) }.map { (pid, $0) }
        }
    }

    /// Starts it once more in the same way; the test must wait for its end.
    ///
    /// - Parameter other: A command to start instead.
    /// - Returns: The started process.
    /// - Throws: ``TestFailure`` if it cannot be started.
    func startAgain(as other: [String]? = nil) throws -> RunningProgram {
        try Self.start(wrapper + (other ?? command), variables, in: folder)
    }

    /// Waits until it has ended.
    ///
    /// - Returns: How it ended; nil if it has left files or processes behind.
    func waitForEndWithoutTrace() async throws -> RunningProgram.Ending? {
        let ending = try await waitForEnd()
        let (files, processes) = (leftovers, survivors)
        guard files.isEmpty, processes.isEmpty else {
            Issue.record("left behind: \(files), \(processes)")
            return nil
        }
        return ending
    }

    /// Sends SIGTERM, and waits until it has ended.
    ///
    /// - Returns: How it ended; nil if it has left files or processes behind.
    func terminateWithoutTrace() async throws -> RunningProgram.Ending? {
        kill(pid, SIGTERM)
        return try await waitForEndWithoutTrace()
    }
}
