import ExecutableTesting
import Foundation

/// A real supervisord, or what is its parent, in a folder of its own, and ended with all that it has started.
protocol SupervisedRun: AnyObject, Sendable {
    /// Where its files are.
    var folder: TestFolder { get }
    /// The process that the test has started.
    var program: RunningProgram { get }
    /// What supervisord has said so far.
    var log: String { get }
    /// Everything that helps to understand a failure.
    var story: String { get }
}

/// The variable by which all that is started here is known, even when its parent is gone.
private let mark = "LISTENERD_TEST_FOLDER"
/// What listeners are called in the tests.
private let listeners = ["listenerd", "inorder"]

extension SupervisedRun {
    /// The variables of a run in a folder.
    static func environment(of folder: TestFolder) throws -> [String: String] {
        ["LISTENERD": try TestedExecutable.listenerd, mark: folder.path]
    }

    /// Does something when there is a place for one more run, or as many as it takes.
    static func inTurn(places: Int = 1, _ body: () async throws -> Void) async throws {
        try await withDedicatedThread {
            await Gate.shared.enter(places)
            let result = await Result { () async throws in try await body() }
            await Gate.shared.leave(places)
            try result.get()
        }
    }

    /// Runs a test, and afterwards ends all that was started, whatever the test does.
    static func run(_ run: Self, _ test: (Self) async throws -> Void) async throws {
        let result = await Result { () async throws in try await test(run) }
        await run.endEverything()
        try result.get()
    }

    /// Ends it, and what it has left behind; in a task of its own, because that of the test may be cancelled.
    private func endEverything() async {
        await Task(executorPreference: DedicatedThread()) { [self] in
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
        let mark = Array("\(mark)=\(folder.path)\0".utf8)
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

// MARK: - What it has done

extension SupervisedRun {
    /// The names of the programs that supervisord has started so far, in this order, without listeners.
    var started: [String] {
        numbersOfStarted.map { $0.name }.filter { !listeners.contains($0) }
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
}

// MARK: - What it is told, and waited for

extension SupervisedRun {
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
                return try await isSo() ? true : { throw TestFailure("it ended before \(what)\n\(story)") }()
            }
            return false
        }
    }

    /// Waits until there is a file with a text.
    func wait(forFile name: String, _ text: String = "") async throws {
        try await wait(for: "'\(text)' in \(name)") {
            let found = folder.text(of: name)
            return !found.isEmpty && (text.isEmpty || found.contains(text))
        }
    }

    /// Waits until supervisord's log has a text.
    func wait(forLog text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' in supervisord's log") { log.occurrences(of: text) >= times }
    }

    /// Waits until it has started so many processes, listeners not counted.
    func wait(forStarts count: Int) async throws {
        try await wait(for: "\(count) starts") { started.count >= count }
    }

    /// Waits for it to end.
    func end() async throws -> RunningProgram.Ending {
        try await program.waitForEnd(diagnostics: { story })
    }

    /// Tells it to end, as systemd and container runtimes do, and waits for that.
    @discardableResult
    func terminate() async throws -> RunningProgram.Ending {
        send(SIGTERM)
        return try await end()
    }
}

extension TestFolder {
    /// Makes a folder with some files, by their paths in it.
    convenience init(with files: [String: String]) throws {
        try self.init()
        for (name, text) in files {
            let parent = URL(filePath: path(of: name)).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            try write(text, to: name)
        }
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
