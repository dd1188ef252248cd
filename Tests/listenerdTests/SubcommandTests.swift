import ExecutableTesting
import Foundation
import Testing

/// What all subcommands have in common.
@Suite struct SubcommandTests {
    @Test(arguments: [
        (
            ["plan", "--format", "jsno"],
            "The value 'jsno' is invalid for '--format <format>'; it must be one of: text, "
                + "mermaid, dot, json; did you mean 'json'?"
        ),
        (["plan", "--fromat=text"], "Unknown option '--fromat'; did you mean '--format'?"),
        (["plan", "--fatal-exit"], "Unknown option '--fatal-exit'"),
        (["plan", "-c"], "Missing value for '--config <file>'"),
        (["plan", "x.conf"], "Unexpected argument 'x.conf'; did you mean '-c x.conf'?"),
        (["plan", "json"], "Unexpected argument 'json'; did you mean '--format json'?"),
        (
            ["plan", "-c", "/nonexistent", "--format=xml"],
            "The value 'xml' is invalid for '--format <format>'; it must be one of: text, mermaid, dot, json"
        ),
    ])
    func aCommandLineThatCannotBeCarriedOutIsExplained(arguments: [String], message: String) async throws {
        let outcome = try await Outcome(of: arguments)
        #expect(outcome.ending == .status(64))
        #expect(
            outcome.errors == """
                listenerd: Error: \(message)
                Usage: listenerd plan [options]
                  See 'listenerd plan --help' for more information.

                """
        )
    }

    @Test(arguments: ["plan", "check", "status", "restart"]) func everySubcommandHasHelp(name: String) async throws {
        let outcome = try await Outcome(of: [name, "--help"])
        #expect(outcome.ending == .status(0))
        let arguments = ["check": " [FILE...]", "restart": " [NAME...]"][name] ?? ""
        #expect(outcome.output.hasPrefix("Usage: listenerd \(name) [options]\(arguments)\n"))
        #expect(outcome.output.contains("\n  -c, --config <file> "))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(outcome.output)")
        let all = try await Outcome(of: ["--help"]).output
        #expect(all.contains("\n  \(name) "))
    }

    @Test func superviseHasTheHandlersInItsHelp() async throws {
        let outcome = try await Outcome(of: ["supervise", "--help"])
        #expect(outcome.ending == .status(0))
        #expect(
            outcome.output.hasPrefix(
                "Usage: listenerd supervise [options] [HANDLER...] [-- SUPERVISORD-ARGUMENT...]\n"
            )
        )
        for option in ["--fatal-exit", "-c, --config <file>", "--roles-dir <dir>", "--print", "--log-format <format>"] {
            #expect(outcome.output.contains("\n  \(option) "), "\(option)")
        }
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 }, "\(outcome.output)")
        let words = outcome.output.split { " \n:;,.".contains($0) }
        for word in ["0", "64", "65", "69", "70", "71", "128+n", "TERM", "INT", "QUIT"] {
            #expect(words.contains { $0 == word }, "\(word)")
        }
    }

    @Test func aMisspeltSubcommandIsRecognised() async throws {
        let outcome = try await Outcome(of: ["plna"])
        #expect(outcome.errors.hasPrefix("listenerd: Error: Unexpected argument 'plna'; did you mean 'plan'?\n"))
        #expect(outcome.ending == .status(64))
    }

    @Test(arguments: ["plan", "status", "supervise"])
    func aFileIsNamedByAnOption(subcommand: String) async throws {
        let outcome = try await Outcome(of: [subcommand, "supervisord.conf"])
        let message = "Unexpected argument 'supervisord.conf'; did you mean '-c supervisord.conf'?"
        #expect(outcome.errors.hasPrefix("listenerd: Error: \(message)\nUsage: listenerd \(subcommand) "), "\(outcome)")
        #expect(outcome.output == "" && outcome.ending == .status(64))
    }

    /// None of the files exists, which would be the next error.
    @Test(arguments: [
        "supervise -c /none --fatal-exit-on exit", "supervise -c /none --log --ordered-startup-on-failure=exit",
        "supervise -c /none --ordered-startup --ordered-startup-on-failure=exit", "supervise -c /none -- -n",
        "supervise -c /none --log --server-url=ftp://x", "status -c /none --server-url=ftp://x",
        "supervise -c /none --check --log-format json", "--log -c /none --server-url=ftp://x", "check -c /none x.conf",
        "--ordered-startup -c /none --fatal-exit-status 1", "supervise -c /none --log --log-file=a\nb",
    ])
    func commandLineIsCheckedBeforeAnySearch(line: String) async throws {
        let outcome = try await Outcome(of: line.split(separator: " ").map { String($0) })
        #expect(outcome.errors.hasPrefix("listenerd: Error: "), "\(outcome.errors)")
        #expect(!outcome.errors.contains("/none"), "\(outcome.errors)")
        #expect(outcome.output == "" && outcome.ending == .status(64))
    }

    @Test func aReaderThatHasGoneIsNoError() async throws {
        let folder = try TestFolder()
        let programs = (0..<5000).map { "[program:p\($0)]\ncommand=sleep\n" }.joined()
        try folder.write("[supervisord]\n\(programs)", to: "supervisord.conf")
        let listenerd = try TestedExecutable.listenerd
        let script = "{ '\(listenerd)' plan -c '\(folder.path(of: "supervisord.conf"))'; echo $? >&2; } | head -n 1"
        let shell = try RunningProgram(
            "/bin/sh",
            ["-c", script],
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        _ = try await shell.waitForEnd()
        try await wait(for: "the status") { !folder.text(of: "errors").isEmpty }
        #expect(folder.text(of: "output") == "0  p0     by supervisord\n")
        #expect(folder.text(of: "errors") == "0\n")
    }
}
