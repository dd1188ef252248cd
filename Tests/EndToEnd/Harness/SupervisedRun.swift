import ExecutableTesting
import Foundation

/// A real supervisord, or a `supervise` as its parent, in a folder of its own, that is ended with everything it has started.
protocol SupervisedRun: AnyObject, Sendable {
    /// The folder of its files.
    var folder: TestFolder { get }
    /// The process that the test has started.
    var program: RunningProgram { get }
    /// What supervisord has logged so far.
    var log: String { get }
    /// All logs, for the message of a failed expectation.
    var logs: String { get }
}

/// The variable that marks every process of a run, even if its parent is gone.
private let folderVariable = "LISTENERD_TEST_FOLDER"
/// The names of listeners in the tests.
private let listeners = ["listenerd", "inorder"]

extension SupervisedRun {
    /// Returns the variables of a run in a folder.
    static func environment(of folder: TestFolder) throws -> [String: String] {
        [
            "LISTENERD": try TestedExecutable.listenerd,
            "GATES": "\(TestedExecutable.package)/Tests/EndToEnd/gates",
        ].merging(folder.variables) { $1 }
    }

    /// Runs a body on a thread of its own once there are slots for it.
    static func withSlots(_ slots: Int = 1, _ body: () async throws -> Void) async throws {
        try await withDedicatedThread {
            await RunSlots.shared.acquire(slots)
            let result = await Result { () async throws in try await body() }
            await RunSlots.shared.release(slots)
            try result.get()
        }
    }

    /// Runs a test, and afterwards ends everything that was started, even if the test throws.
    static func run(_ run: Self, _ test: (Self) async throws -> Void) async throws {
        let result = await Result { () async throws in try await test(run) }
        await run.endEverything()
        try result.get()
    }

    /// Ends the run and what it has left behind, in a task of its own, because that of the test may be cancelled.
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

    /// The processes of this run that still exist.
    var survivors: [Int32] { folder.survivors }
}

extension TestFolder {
    /// The variable that marks what is started for a test in this folder.
    var variables: [String: String] { [folderVariable: path] }

    /// The processes that were started for a test in this folder, and still exist.
    var survivors: [Int32] {
        let mark = Array("\(folderVariable)=\(path)\0".utf8)
        let own = ProcessInfo.processInfo.processIdentifier
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { pid in
            guard pid != own, let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else {
                return false
            }
            return environment.firstRange(of: mark) != nil
        }
    }
}

// MARK: - Started processes

extension SupervisedRun {
    /// The names of the processes that supervisord has started so far, in order, without listeners.
    var started: [String] {
        startedProcesses.map { $0.name }.filter { !listeners.contains($0) }
    }

    /// Returns the process ids that a program has had, in order.
    func pids(of program: String) -> [Int32] {
        startedProcesses.filter { $0.name == program }.map { $0.pid }
    }

    private var startedProcesses: [(name: String, pid: Int32)] {
        log.matches(of: /INFO spawned: '(.+)' with pid ([0-9]+)\n/).compactMap { match in
            Int32(match.2).map { (String(match.1), $0) }
        }
    }
}

// MARK: - Signals and waiting

extension SupervisedRun {
    /// Sends a signal to the process that the test has started.
    func send(_ signal: Int32) {
        program.send(signal)
    }

    /// Sends a signal to the latest process of a program.
    func send(_ signal: Int32, to name: String) {
        if let pid = pids(of: name).last {
            kill(pid, signal)
        }
    }

    /// Waits until a condition holds; fails once the process has ended without that.
    func wait(for description: String, until isTrue: () async throws -> Bool) async throws {
        try await ExecutableTesting.wait(for: description, diagnostics: { logs }) {
            if try await isTrue() {
                return true
            }
            guard program.ending == nil else {
                // The condition may have become true after the first check.
                return try await isTrue() ? true : { throw TestFailure("it ended before \(description)\n\(logs)") }()
            }
            return false
        }
    }

    /// Waits until a file contains a text, by default any.
    func wait(forFile name: String, _ text: String = "") async throws {
        try await wait(for: "'\(text)' in \(name)") {
            let found = folder.text(of: name)
            return !found.isEmpty && (text.isEmpty || found.contains(text))
        }
    }

    /// Waits until a text occurs in supervisord's log.
    func wait(forLog text: String, times: Int = 1) async throws {
        try await wait(for: "'\(text)' in supervisord's log") { log.occurrences(of: text) >= times }
    }

    /// Waits until supervisord has started a number of processes, listeners not counted.
    func wait(forStarts count: Int) async throws {
        try await wait(for: "\(count) starts") { started.count >= count }
    }

    /// Waits until the process has ended.
    func waitForEnd() async throws -> RunningProgram.Ending {
        try await program.waitForEnd(diagnostics: { logs })
    }

    /// Sends SIGTERM, as systemd and container runtimes do, and waits until the process has ended.
    @discardableResult
    func terminate() async throws -> RunningProgram.Ending {
        send(SIGTERM)
        return try await waitForEnd()
    }
}

extension TestFolder {
    /// Makes a folder with files, by their paths in it.
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
    /// Captures what a function returns or throws.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
