import ExecutableTesting
import Foundation

/// A `listenerd supervise` that runs for one test, in a folder of its own.
///
/// In its arguments `%(here)s` is the folder. What is temporary goes to a folder in it, which has to be empty afterwards.
final class Supervise: SupervisedRun {
    /// Where its base, what is temporary, and its logs are.
    let folder: TestFolder
    let program: RunningProgram
    private let wrapper: [String]
    private let command: [String]
    private let variables: [String: String]

    /// What is temporary, in the folder.
    static let temporary = "tmp"
    /// The base, in the folder.
    static let base = "supervisord.conf"
    private static let output = "output"
    private static let errors = "errors"

    /// How it is started.
    struct Options: Sendable {
        /// What runs the command that follows, by an absolute path.
        var wrapper: [String] = []
        /// Variables beside those of the tests.
        var environment: [String: String] = [:]
        /// Its base, in the folder.
        var base = Supervise.base
        /// What is called to start supervisord; nil for what is on the `PATH`.
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

    /// Runs a test with a `supervise`, which is ended afterwards with all that it has started, whatever the test does.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments, beside those that name the base and supervisord.
    ///   - programs: The sections of its base, behind `[supervisord]`.
    ///   - files: More files, by their paths in the folder; one of them may be the base.
    ///   - options: How it is started.
    ///   - prepare: What is done in the folder before it is.
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
        try await inTurn {
            let base = [base: "\(Sections.daemon)\n\(programs)"]
            let folder = try TestFolder(with: base.merging(files) { $1 })
            try FileManager.default.createDirectory(
                atPath: folder.path(of: temporary),
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o1777]
            )
            // Umasks take something away.
            chmod(folder.path(of: temporary), 0o1777)
            try prepare(folder)
            try await run(try Supervise(arguments, options, in: folder), test)
        }
    }
}

// MARK: - What it has done

extension Supervise {
    /// What supervisord has said so far.
    var log: String { folder.text(of: Self.output) }

    /// What it, and the listener that it has added, have written to standard error so far.
    var errors: String { folder.text(of: Self.errors) }

    /// What is in the folder for what is temporary.
    var leftovers: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path(of: Self.temporary))) ?? []
    }

    /// Everything that helps to understand a failure.
    var story: String { "supervisord:\n\(log)\nlistenerd:\n\(errors)" }

    /// The number of the latest supervisord, once that has started a program.
    var supervisord: Int32? {
        get throws {
            log.firstMatch(of: /supervisord started with pid ([0-9]+)\n/).flatMap { Int32($0.1) }
        }
    }

    /// Waits until it, or the listener, has written a line with a text.
    func wait(forLine text: String) async throws {
        try await wait(for: "'\(text)' on standard error") { errors.contains(text) }
    }

    /// The number of `supervise`: what has started it may not have become it.
    var number: Int32 {
        Self.parents.first { $0.parent == program.pid && isSupervise($0.pid) }?.pid ?? program.pid
    }

    private func isSupervise(_ pid: Int32) -> Bool {
        let words = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")?.split(separator: 0) ?? []
        return words.dropFirst().first?.elementsEqual("supervise".utf8) ?? false
    }

    /// The numbers of its children, of those too that have ended and wait for it.
    var children: [Int32] {
        let number = number
        return Self.parents.filter { $0.parent == number }.map { $0.pid }
    }

    private static var parents: [(pid: Int32, parent: Int32)] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.compactMap { pid in
            let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
            let words = String(decoding: stat, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
            return words.dropFirst().first.flatMap { Int32($0) }.map { (pid, $0) }
        }
    }

    /// Starts it once more, in the same way; the test has to wait for its end.
    ///
    /// - Parameter other: What is started instead.
    /// - Returns: What was started.
    /// - Throws: ``TestFailure`` where it cannot be.
    func startAgain(as other: [String]? = nil) throws -> RunningProgram {
        try Self.start(wrapper + (other ?? command), variables, in: folder)
    }

    /// Waits for its end, and for what it leaves behind.
    ///
    /// - Returns: How it ended; nil where something is left of it.
    func waitForEndWithoutTrace() async throws -> RunningProgram.Ending? {
        let ending = try await end()
        return leftovers.isEmpty && survivors.isEmpty ? ending : nil
    }

    /// Tells it to end, and waits for its end and for what it leaves behind.
    ///
    /// - Returns: How it ended; nil where something is left of it.
    func terminateWithoutTrace() async throws -> RunningProgram.Ending? {
        kill(number, SIGTERM)
        return try await waitForEndWithoutTrace()
    }
}
