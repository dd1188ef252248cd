import ExecutableTesting
import Foundation
import Testing

/// The program's answers to its command line.
@Suite struct CommandLineTests {
    private static let usage = """
        Usage: listenerd [options] HANDLER...
          See 'listenerd --help' for more information.

        """

    private static let subcommands =
        " (subcommands, each with its own --help: supervise, plan, check, status, restart, analyze, replay, manual, "
        + "completion)"

    @Test func helpGoesToStandardOutput() async throws {
        for argument in ["--help", "-h"] {
            let outcome = try await Outcome(of: [argument])
            #expect(outcome.ending == .status(0))
            #expect(outcome.output.hasPrefix("Usage: listenerd [options] HANDLER...\n"))
            #expect(outcome.errors == "")
        }
    }

    @Test func helpNamesEveryOptionInLinesThatFitATerminal() async throws {
        let help = try await Outcome(of: ["--help"]).output
        for option in [
            "--ordered-startup", "--fatal-exit", "--log", "-c, --config <file>", "--server-url <url>",
            "--acknowledge-within <seconds>", "-h, --help", "--version", "--log-format <format>", "--log-file <path>",
            "--log-events <list>", "--log-metrics <file>", "--fatal-exit-on <list>", "--fatal-exit-programs <list>",
            "--fatal-exit-status <n>",
        ] {
            #expect(help.contains("\n  \(option) "), "\(option)")
        }
        #expect(help.split(separator: "\n").allSatisfy { $0.count <= 110 }, "\(help)")
    }

    @Test func helpComesFirstWhateverElseIsAskedFor() async throws {
        let outcome = try await Outcome(of: ["--ordered-startup", "--fatal-exit", "--help"])
        #expect(outcome.ending == .status(0))
        #expect(outcome.output.hasPrefix("Usage: "))
    }

    @Test func theVersionGoesToStandardOutput() async throws {
        let outcome = try await Outcome(of: ["--version"])
        #expect(outcome.ending == .status(0))
        #expect(outcome.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil, "\(outcome.output)")
        #expect(outcome.errors == "")
    }

    @Test(arguments: [
        (["--fatal-exti"], "Unknown option '--fatal-exti'; did you mean '--fatal-exit'?"),
        (["--log", "--colour"], "Unknown option '--colour'"),
        (["-x"], "Unknown option '-x'"),
        (["--log", "--log-file"], "Missing value for '--log-file <path>'"),
        (["--log", "--log-file", "--log-format", "json"], "Missing value for '--log-file <path>'"),
        (["--log-file="], "The value '' is invalid for '--log-file <path>'"),
        (["--log=yes"], "The flag '--log' takes no value, but was given 'yes'"),
        (
            ["--log", "--log-format=jsno"],
            "The value 'jsno' is invalid for '--log-format <format>'; it must be one of: text, json, logfmt; "
                + "did you mean 'json'?"
        ),
        (
            ["--log", "--acknowledge-within", "soon"],
            "The value 'soon' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            ["--fatal-exit", "--fatal-exit-on", "fatal,all-exitd"],
            "The value 'all-exitd' is invalid for '--fatal-exit-on <list>'; it must be one of: fatal, unexpected-exit, "
                + "exit, all-exited, crash-loop=N/SECONDS; did you mean 'all-exited'?"
        ),
        (
            ["--fatal-exit", "--fatal-exit-on=crash-loop=3"],
            "The value 'crash-loop=3' is invalid for '--fatal-exit-on <list>'; it must be one of: fatal, "
                + "unexpected-exit, exit, all-exited, crash-loop=N/SECONDS"
        ),
        (
            ["--fatal-exit", "--fatal-exit-status=256"],
            "The value '256' is invalid for '--fatal-exit-status <n>'; it must be a whole number from 0 to 255"
        ),
        (
            ["--fatal-exit", "--fatal-exit-status=-1"],
            "The value '-1' is invalid for '--fatal-exit-status <n>'; it must be a whole number from 0 to 255"
        ),
        (
            ["--fatal-exit", "--fatal-exit-programs=!"],
            "The value '!' is invalid for '--fatal-exit-programs <list>'; it must be a program, GROUP:PROGRAM or "
                + "GROUP:*, or one of these after '!'"
        ),
        (
            ["--log", "--fatal-exit-on=exit"],
            "The option '--fatal-exit-on' needs the handler '--fatal-exit'"
        ),
        (
            ["--ordered-startup", "--ordered-startup-on-failure=exit"],
            "The value 'exit' of '--ordered-startup-on-failure' needs '--fatal-exit'"
        ),
        (
            ["--ordered-startup", "--log", "--ordered-startup-exit"],
            "'--ordered-startup-exit' cannot be combined with other handlers: it would end them too"
        ),
        (["log"], "Unexpected argument 'log'; did you mean '--log'?"),
        (["help"], "Unexpected argument 'help'; did you mean '--help'?" + Self.subcommands),
        (["help", "check"], "Unexpected argument 'help'; did you mean 'check --help'?"),
        (["help", "chekc"], "Unexpected argument 'help'; did you mean 'check --help'?"),
        (["help", "me"], "Unexpected argument 'help'; did you mean '--help'?" + Self.subcommands),
        (["chekc"], "Unexpected argument 'chekc'; did you mean 'check'?"),
        (["run"], "Unexpected argument 'run'" + Self.subcommands),
        (["version"], "Unexpected argument 'version'; did you mean '--version'?"),
        (["ordered-startup"], "Unexpected argument 'ordered-startup'; did you mean '--ordered-startup'?"),
        (["--log", "check"], "The subcommand 'check' must be the first argument"),
        (["-ordered-startup"], "Unknown option '-ordered-startup'; did you mean '--ordered-startup'?"),
        (["-config", "x"], "Unknown option '-config'; did you mean '--config'?"),
        (["--log", "-c=x"], "Unknown option '-c=x'; did you mean '-c x'?"),
        (["--log\n\u{1B}[31m"], "Unknown option '--log\\n\\u001b[31m'"),
        (
            ["--ordered-startup", "/etc/supervisord.conf"],
            "Unexpected argument '/etc/supervisord.conf'; did you mean '-c /etc/supervisord.conf'?"
        ),
        (
            ["--log", "--server-url=tcp://x"],
            "the server URL 'tcp://x' is not supported; use unix:///path or http://host:port "
                + "(--server-url)"
        ),
        (["--log", "--", "more"], "Unexpected argument 'more'"),
        (["--fatal-exit", "--log-file", "x"], "The option '--log-file' needs the handler '--log'"),
        ([], "Missing one of: '--ordered-startup', '--fatal-exit', '--log'"),
        (["--config", "x"], "Missing one of: '--ordered-startup', '--fatal-exit', '--log'"),
    ])
    func aCommandLineThatCannotBeCarriedOutIsExplained(arguments: [String], message: String) async throws {
        let outcome = try await Outcome(of: arguments)
        #expect(outcome.ending == .status(64))
        #expect(outcome.errors == "listenerd: Error: \(message)\n\(Self.usage)")
        #expect(outcome.output == "")
    }
}
