import ExecutableTesting
import Foundation
import ListenerTesting
import Testing

/// `listenerd status --watch`, on a terminal and elsewhere.
@Suite struct StatusWatchTests {
    private static let configuration = """
        [supervisord]
        [program:database]
        command=sleep
        [program:web]
        command=sleep
        autostart=false
        startafter=database

        """

    private let folder: TestFolder
    private let supervisor: FakeSupervisor

    init() throws {
        folder = try TestFolder()
        supervisor = try FakeSupervisor([FakeProgram("database"), FakeProgram("web", autostart: false)])
        try folder.write(Self.configuration, to: "f")
        guard case .unix(let path) = supervisor.endpoint else {
            throw TestFailure("supervisord has no Unix socket")
        }
        // A test can take it away, and give it back.
        try FileManager.default.createSymbolicLink(atPath: folder.path(of: "s"), withDestinationPath: path)
    }

    private func arguments(_ more: [String]) -> [String] {
        ["status", "-c", folder.path(of: "f"), "--server-url", "unix://\(folder.path(of: "s"))", "--watch"] + more
    }

    private func start(on terminal: PseudoTerminal, type: String = "xterm") throws -> RunningProgram {
        try terminal.start(try TestedExecutable.listenerd, arguments([]), type: type)
    }

    /// Starts it with its output in a file.
    private func start(_ more: String...) throws -> RunningProgram {
        try RunningProgram(
            try TestedExecutable.listenerd,
            arguments(more),
            environment: ["TERM": "xterm"],
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
    }

    private func wait(for text: String, on terminal: PseudoTerminal) async throws {
        try await ExecutableTesting.wait(for: text, diagnostics: { terminal.text }) { terminal.text.contains(text) }
    }

    private func wait(forOutput text: String) async throws {
        try await ExecutableTesting.wait(for: text, diagnostics: { folder.text(of: "output") }) {
            folder.text(of: "output").contains(text)
        }
    }

    private func bringUp() throws {
        try supervisor.start("web")
        supervisor.advance(by: .seconds(2))
    }

    // MARK: - On a terminal

    @Test func theTableIsReplacedUntilEverythingIsUp() async throws {
        let terminal = try PseudoTerminal(columns: 40, rows: 10)
        supervisor.autostart()
        let program = try start(on: terminal)
        try await wait(for: "web       STOPPED   -    waits for data…", on: terminal)
        #expect(!terminal.isCooked)
        try bringUp()
        #expect(try await program.waitForEnd() == .status(0), "\(terminal.text)")
        let text = terminal.text
        #expect(text.contains("\u{1B}[2A"), "\(text)")
        let last = text.components(separatedBy: "\u{1B}[2A").last
        #expect(last?.contains("web       RUNNING") == true, "\(text)")
        // The alternate screen would be gone in the end.
        #expect(!text.contains("\u{1B}[?1049h"))
        #expect(terminal.isCooked)
    }

    @Test(arguments: ["q", "Q", "xyq"])
    func theKeyQEndsIt(keys: String) async throws {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let program = try start(on: terminal)
        try await wait(for: "waits for database", on: terminal)
        terminal.press(keys)
        #expect(try await program.waitForEnd() == .status(1), "\(terminal.text)")
        #expect(terminal.isCooked)
        #expect(!terminal.text.contains("q"), "\(terminal.text)")
    }

    @Test(arguments: [(SIGTERM, ""), (SIGINT, "\u{3}"), (SIGQUIT, "\u{1C}"), (SIGHUP, "")])
    func signalsEndItAndRestoreTheTerminal(signal: Int32, keys: String) async throws {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let program = try start(on: terminal)
        try await wait(for: "waits for database", on: terminal)
        if keys.isEmpty {
            program.send(signal)
        } else {
            terminal.press(keys)
        }
        #expect(try await program.waitForEnd() == .status(128 + signal), "\(terminal.text)")
        #expect(terminal.isCooked)
    }

    @Test func itCanBeStoppedAndContinued() async throws {
        let terminal = try PseudoTerminal(columns: 80, rows: 24)
        let program = try start(on: terminal)
        try await wait(for: "waits for database", on: terminal)
        terminal.press("\u{1A}")
        try await ExecutableTesting.wait(for: "the stop", diagnostics: { terminal.text }) {
            let status = FileManager.default.contents(atPath: "/proc/\(program.pid)/stat") ?? Data()
            return String(decoding: status, as: UTF8.self).contains(") T ")
        }
        #expect(terminal.isCooked)
        program.send(SIGCONT)
        try await ExecutableTesting.wait(for: "the terminal", diagnostics: { terminal.text }) { !terminal.isCooked }
        terminal.press("q")
        #expect(try await program.waitForEnd() == .status(1), "\(terminal.text)")
        #expect(terminal.isCooked)
    }

    @Test func supervisordIsWaitedForInTheTablesPlace() async throws {
        let terminal = try PseudoTerminal(columns: 30, rows: 10)
        supervisor.autostart()
        let (socket, hidden) = (folder.path(of: "s"), folder.path(of: "hidden"))
        try FileManager.default.moveItem(atPath: socket, toPath: hidden)
        let program = try start(on: terminal)
        try await wait(for: "waiting for supervisord: canno", on: terminal)
        try FileManager.default.moveItem(atPath: hidden, toPath: socket)
        try await wait(for: "web       STOPPED", on: terminal)
        try FileManager.default.moveItem(atPath: socket, toPath: hidden)
        try await ExecutableTesting.wait(for: "the end of supervisord", diagnostics: { terminal.text }) {
            terminal.text.ranges(of: "waiting for supervisord").count == 2
        }
        try bringUp()
        try FileManager.default.moveItem(atPath: hidden, toPath: socket)
        #expect(try await program.waitForEnd() == .status(0), "\(terminal.text)")
    }

    @Test func aTerminalThatBecomesNarrowerIsWrittenAnew() async throws {
        let terminal = try PseudoTerminal(columns: 80, rows: 10)
        let program = try start(on: terminal)
        try await wait(for: "waits for database", on: terminal)
        terminal.setSize(columns: 12, rows: 10)
        try await wait(for: "web       S…", on: terminal)
        terminal.press("q")
        #expect(try await program.waitForEnd() == .status(1), "\(terminal.text)")
    }

    @Test func aTerminalThatCanReplaceNothingGetsTables() async throws {
        let terminal = try PseudoTerminal(columns: 40, rows: 10)
        supervisor.autostart()
        let program = try start(on: terminal, type: "dumb")
        try await wait(for: "waits for database to be running", on: terminal)
        try bringUp()
        #expect(try await program.waitForEnd() == .status(0), "\(terminal.text)")
        #expect(!terminal.text.contains("\u{1B}"), "\(terminal.text)")
    }

    // MARK: - Elsewhere

    @Test func elsewhereATableIsPrintedEachTimeItChanges() async throws {
        supervisor.autostart()
        let program = try start()
        try await wait(forOutput: "web       STOPPED")
        // Only how long each has been so changes by that.
        supervisor.advance(by: .seconds(2))
        try await wait(forOutput: "database  RUNNING")
        supervisor.advance(by: .seconds(20))
        try bringUp()
        #expect(try await program.waitForEnd() == .status(0))
        let tables = folder.text(of: "output").components(separatedBy: "\n\n")
        let states = tables.map { table in
            table.split(separator: "\n").map { line in line.split(separator: " ")[1] }.joined(separator: " ")
        }
        #expect(states.first == "STARTING STOPPED", "\(tables)")
        #expect(states.last == "RUNNING RUNNING", "\(tables)")
        #expect(Set(states).count == states.count, "\(tables)")
    }

    @Test func asJSONEachChangeIsALine() async throws {
        try FileManager.default.moveItem(atPath: folder.path(of: "s"), toPath: folder.path(of: "hidden"))
        supervisor.autostart()
        let program = try start("--format", "json")
        try await wait(forOutput: #"{"up":false,"processes":[],"note":"waiting for supervisord: cannot reach"#)
        try FileManager.default.moveItem(atPath: folder.path(of: "hidden"), toPath: folder.path(of: "s"))
        try await wait(forOutput: #""waits_for":["database running"]"#)
        try bringUp()
        #expect(try await program.waitForEnd() == .status(0))
        let objects = try folder.lines(of: "output").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(objects.dropLast().allSatisfy { $0["up"] as? Bool == false })
        #expect(objects.last?["up"] as? Bool == true)
    }

    @Test func withoutAReaderItEnds() async throws {
        let watch = "\(try TestedExecutable.listenerd) \(arguments([]).joined(separator: " "))"
        let program = try RunningProgram(
            "/bin/sh",
            ["-c", "{ \(watch); echo $? >\(folder.path(of: "status")); } | head -n 1"],
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        try await wait(forOutput: "database  STOPPED")
        supervisor.autostart()
        #expect(try await program.waitForEnd() == .status(0))
        #expect(folder.text(of: "status") == "1\n")
        #expect(folder.text(of: "errors") == "")
    }

    @Test func quietlyItOnlyWaits() async throws {
        supervisor.autostart()
        let program = try start("--quiet")
        try bringUp()
        #expect(try await program.waitForEnd() == .status(0))
        #expect(folder.text(of: "output") + folder.text(of: "errors") == "")
    }

    @Test(arguments: [["--quiet"], []])
    func withoutAConfigurationItDoesNotWait(more: [String]) async throws {
        let outcome = try await Outcome(of: ["status", "--watch", "-c", "/nonexistent/f"] + more)
        #expect(outcome.ending == .status(65))
        #expect(outcome.errors.isEmpty == !more.isEmpty)
    }
}
