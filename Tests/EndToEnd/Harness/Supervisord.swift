import ExecutableTesting
import Foundation
import ListenerKit

/// A real supervisord that runs for one test, in a folder of its own.
///
/// In its configuration, `%(ENV_LISTENERD)s` is the listenerd to test, and `%(here)s` the folder.
final class Supervisord: Sendable {
    /// Where its configuration, its socket and its logs are.
    let folder: TestFolder
    private let program: RunningProgram

    private static let configuration = "supervisord.conf"
    private static let ownLog = "supervisord.log"
    /// What listeners are called in the tests.
    private static let listeners = ["listenerd", "inorder"]
    /// The variable by which its programs are known, even when it is gone.
    private static let mark = "LISTENERD_TEST_FOLDER"

    private init(in folder: TestFolder) throws {
        self.folder = folder
        program = try RunningProgram(
            TestedExecutable.supervisord,
            ["-n", "-c", folder.path(of: Self.configuration)],
            environment: ["LISTENERD": TestedExecutable.listenerd, Self.mark: folder.path],
            output: folder.path(of: Self.ownLog)
        )
    }

    /// Runs a test with a supervisord, which is ended afterwards with all that it has started, whatever the test does.
    ///
    /// - Parameters:
    ///   - sections: Its configuration, beyond what every one here has.
    ///   - server: The section by which it is reached.
    ///   - places: How much of the machine it takes, of ``Gate/allPlaces``.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        _ sections: String,
        server: String? = Sections.server,
        places: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        let text = [Sections.supervisord, server ?? "", sections].joined(separator: "\n")
        try await run(files: [configuration: text], places: places, test)
    }

    /// Runs a test with a supervisord whose configuration are these files, by their paths in its folder.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - arguments: Those of a `supervise --print` that composes the configuration; nil where it is one of the files.
    ///   - places: How many of the places for tests that run at once it takes.
    ///   - test: The test.
    /// - Throws: What the test throws.
    static func run(
        files: [String: String],
        composedBy arguments: [String]? = nil,
        places: Int = 1,
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        await Gate.shared.enter(places)
        let result = await Result { () async throws in
            let folder = try TestFolder()
            try write(files, to: folder)
            if let arguments {
                try await compose(arguments, in: folder)
            }
            let supervisord = try Supervisord(in: folder)
            let result = await Result { () async throws in try await test(supervisord) }
            await supervisord.endEverything()
            try result.get()
        }
        await Gate.shared.leave(places)
        try result.get()
    }

    private static func write(_ files: [String: String], to folder: TestFolder) throws {
        for (name, text) in files {
            let parent = URL(filePath: folder.path(of: name)).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try folder.write(text, to: name)
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
        guard try await composing.end() == .status(0) else {
            throw WaitedInVain(folder.text(of: ownLog))
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

    /// The names of the programs that it has started so far, in this order, without listeners.
    var started: [String] {
        numbersOfStarted.map { $0.name }.filter { !Self.listeners.contains($0) }
    }

    /// The numbers of the processes that it has started for a program.
    func numbers(of program: String) -> [Int32] {
        numbersOfStarted.filter { $0.name == program }.map { $0.pid }
    }

    private var numbersOfStarted: [(name: String, pid: Int32)] {
        log.matches(of: /INFO spawned: '(.+)' with pid ([0-9]+)\n/).compactMap { match in
            Int32(match.2).map { (String(match.1), $0) }
        }
    }

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
            Supervisor(endpoint: try Endpoint("unix://\(folder.path(of: "socket"))"), timeLimit: patience)
        }
    }

    /// Sends a signal to it.
    func send(_ signal: Int32) {
        program.send(signal)
    }

    /// Sends a signal to the latest process of a program.
    func send(_ signal: Int32, to name: String) {
        if let pid = numbers(of: name).last {
            kill(pid, signal)
        }
    }

    /// Waits until something is the case.
    func wait(for what: String, until isSo: () async throws -> Bool) async throws {
        try await ExecutableTesting.wait(for: what, story: { story }) {
            if try await isSo() {
                return true
            }
            guard program.hasEnded == nil else {
                // What it did last may have come after the first look.
                return try await isSo() ? true : { throw WaitedInVain("it ended before \(what)\n\(story)") }()
            }
            return false
        }
    }

    /// Waits until its log has a text.
    func wait(forLog text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' in supervisord's log") { log.occurrences(of: text) >= times }
    }

    /// Waits until the listener has written a line with a text.
    func wait(forLine text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' from the listener") {
            listenerLines.count { $0.contains(text) } >= times
        }
    }

    /// Waits until it has started so many processes, listeners not counted.
    func wait(forStarts count: Int) async throws {
        try await wait(for: "\(count) starts") { started.count >= count }
    }

    /// Waits until a program is in a state.
    func wait(for name: String, _ state: ProcessState) async throws {
        try await wait(for: "\(name) \(state.name)") { try await rpc.processInfo(of: name).state == state }
    }

    /// Waits for it to end.
    func end() async throws -> RunningProgram.Ending {
        try await program.end(story: { story })
    }

    /// Tells it to end, as systemd and container runtimes do, and waits for that.
    @discardableResult
    func terminate() async throws -> RunningProgram.Ending {
        send(SIGTERM)
        return try await end()
    }
}

// MARK: - Its end

extension Supervisord {
    /// Ends it, and what it has left behind; in a task of its own, because that of the test may be cancelled.
    private func endEverything() async {
        await Task {
            if (try? await terminate()) == nil {
                send(SIGKILL)
            }
            for pid in survivors {
                kill(pid, SIGKILL)
            }
        }.value
    }

    /// The processes that have been started here and still run.
    var survivors: [Int32] {
        let mark = Array("\(Self.mark)=\(folder.path)\0".utf8)
        let own = ProcessInfo.processInfo.processIdentifier
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { Int32($0) }.filter { pid in
            guard pid != own, let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else {
                return false
            }
            return environment.firstRange(of: mark) != nil
        }
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

extension Result where Failure == any Error {
    /// What a function returns or throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
