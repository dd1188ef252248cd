import ExecutableTesting
import Foundation
import ListenerTesting
import Testing

/// `listenerd restart` on a terminal.
@Suite struct RestartTerminalTests {
    private let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try folder.write("[supervisord]\n[program:web]\ncommand=sleep\n[program:db]\ncommand=sleep\n", to: "f")
    }

    private func start(_ supervisor: FakeSupervisor, on terminal: PseudoTerminal) throws -> RunningProgram {
        guard case .unix(let path) = supervisor.endpoint else {
            throw TestFailure("supervisord has no Unix socket")
        }
        let arguments = ["restart", "-c", folder.path(of: "f"), "--server-url", "unix://\(path)", "web", "db"]
        return try terminal.start(try TestedExecutable.listenerd, arguments)
    }

    private func wait(for text: String, on terminal: PseudoTerminal) async throws {
        try await ExecutableTesting.wait(for: text, diagnostics: { terminal.text }) { terminal.text.contains(text) }
    }

    @Test func whatIsBeingDoneIsShownBelowWhatIsDone() async throws {
        let supervisor = try FakeSupervisor([FakeProgram("web"), FakeProgram("db")])
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        let terminal = try PseudoTerminal(columns: 80, rows: 10)
        let program = try start(supervisor, on: terminal)
        try await wait(for: "web: starting, ", on: terminal)
        supervisor.advance(by: .seconds(2))
        try await wait(for: "web restarted in ", on: terminal)
        try await wait(for: "db: starting, ", on: terminal)
        supervisor.advance(by: .seconds(2))
        try await wait(for: "db restarted in ", on: terminal)
        #expect(try await program.waitForEnd() == .status(0), "\(terminal.text)")
    }
}
