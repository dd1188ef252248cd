import ExecutableTesting
import Foundation
import Testing

/// `Documentation/restart.md` shows what `listenerd restart` does.
@Suite struct RestartDocumentationTests {
    private static let page =
        (try? String(contentsOfFile: "\(TestedExecutable.package)/Documentation/restart.md", encoding: .utf8)) ?? ""

    /// Returns the first block of a language.
    private static func block(_ language: String) -> String {
        let block = page.components(separatedBy: "```\(language)\n").dropFirst().first ?? ""
        return block.components(separatedBy: "```")[0]
    }

    /// Returns a text without times and pids.
    private static func withoutNumbers(_ text: String) -> String {
        text.replacing(/in [0-9.]+ s/, with: "in N s").replacing(/pid [0-9]+ → [0-9]+/, with: "pid N → N")
    }

    @Test func itsCommandsDoWhatItShows() async throws {
        let configuration = Self.block("ini").replacing("command=listenerd", with: "command=%(ENV_LISTENERD)s")
        try await Supervisord.run(configuration) { supervisord in
            try await supervisord.wait(forRunning: "web:web_2")
            try await supervisord.wait(for: "migrate", .exited)
            let commands = Self.block("console").components(separatedBy: "$ listenerd restart ").dropFirst()
            #expect(commands.count == 4)
            for command in commands {
                let lines = command.split(separator: "\n", maxSplits: 1).map { String($0) }
                let shown = Self.withoutNumbers(lines.last ?? "")
                let output = try await supervisord.restart(lines[0]).output
                #expect(Self.withoutNumbers(output) == shown, "restart \(lines[0])")
            }
        }
    }

    @Test func itNamesEveryOption() async throws {
        let folder = try TestFolder()
        let help = try RunningProgram(
            try TestedExecutable.listenerd,
            ["restart", "--help"],
            output: folder.path(of: "help")
        )
        #expect(try await help.waitForEnd() == .status(0))
        let options = folder.text(of: "help").matches(of: #/\n +(--[a-z-]+) /#).map { String($0.1) }
        #expect(options.count >= 3, "\(folder.text(of: "help"))")
        for option in options where !["--config", "--server-url", "--help"].contains(option) {
            #expect(Self.page.contains("`\(option)"), "\(option)")
        }
    }
}
