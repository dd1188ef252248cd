import Testing

@testable import ListenerKit

@Suite struct ShellTests {
    private enum Restart: Subcommand {
        static let options: [any OptionDeclaration] = [ListenerOptions.config, list]
        static let list = Option<[String]?>("list", "names", .process, help: "all: of them")
        static let name = "restart"
        static let summary = "restart: what is named"
        static let arguments: String? = "NAME..."
        static let argumentKind = ValueKind.process

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private static let completer = CommandLineCompleter(
        program: Program(
            name: "crashd",
            handlers: Sample.handlers,
            subcommands: [Restart.self],
            processes: { _ in [ProcessName(group: "a b", process: "c"), ProcessName(group: "web", process: "web")] }
        )
    )

    private static let bashAnswers: [([String], [String])] = [
        (["crashd re", "re"], ["words", "", "restart"]),
        (["crashd restart ", ""], ["words", "", #"a\ b:\*"#, #"a\ b:c"#, "web"]),
        (["crashd restart w", "w"], ["words", "", "web"]),
        // A word begins anew behind a colon, an equals sign and a quotation mark.
        ([#"crashd restart a\ b:c"#, "c"], ["words", "", "c"]),
        ([#"crashd restart "a b:"#, "a b:"], ["words", "", "a b:*", "a b:c"]),
        (["crashd restart --list=", ""], ["list", "--list=", #"a\ b:\*"#, #"a\ b:c"#, "web"]),
        (["crashd restart --list=", "="], ["list", "--list=", #"=a\ b:\*"#, #"=a\ b:c"#, "=web"]),
        (["crashd restart --list=web,a", "web,a"], ["list", "--list=web,", #"web,a\ b:\*"#, #"web,a\ b:c"#]),
        (["crashd restart --list='web,a", "web,a"], ["list", "--list=web,", "web,a b:*", "web,a b:c"]),
        (["crashd restart --config=x", "x"], ["files", "--config="]),
        (["crashd restart w"], ["words", "", "eb"]),
        (["crashd restart é", "é"], ["words", ""]),
        ([], []),
    ]

    @Test(arguments: bashAnswers)
    func bashGetsWhatItInsertsAsItIs(arguments: [String], lines: [String]) {
        #expect(Shell.bash.answer(arguments, Self.completer) == lines)
    }

    private static let zshAnswers: [([String], [String])] = [
        (["re"], ["words", "", "restart:restart: what is named"]),
        (["restart", "--config=x", "--"], ["words", "", "--list:all: of them"]),
        (["restart", ""], ["words", "", #"a b\:*"#, #"a b\:c"#, "web"]),
        (["restart", "--list=web,"], ["list", "--list=web,", #"a b\:*"#, #"a b\:c"#]),
        (["restart", "-c"], ["files", "-c"]),
    ]

    @Test(arguments: zshAnswers)
    func zshGetsDescriptionsBehindColons(words: [String], lines: [String]) {
        #expect(Shell.zsh.answer(words, Self.completer) == lines)
    }

    private static let fishAnswers: [([String], [String])] = [
        (["re"], ["words", "", "restart\trestart: what is named"]),
        (["restart", "--list=web,"], ["list", "--list=web,", "--list=web,a b:*\t", "--list=web,a b:c\t"]),
        (["restart", #"--list='web'\,"#], ["list", "--list=web,", "--list=web,a b:*\t", "--list=web,a b:c\t"]),
    ]

    @Test(arguments: fishAnswers)
    func fishGetsWholeWordsAndPassesOnTheLastAsTyped(words: [String], lines: [String]) {
        #expect(Shell.fish.answer(words, Self.completer) == lines)
    }

    @Test(arguments: Shell.allCases)
    func theScriptIsThatOfTheProgram(shell: Shell) {
        let script = shell.script(for: "my-crashd")
        let function = script.split { !$0.isLetter && $0 != "_" }.contains { $0.hasSuffix("_my_crashd") }
        #expect(function)
        #expect(script.hasSuffix("\n"))
        #expect(!script.hasSuffix("\n\n"))
    }
}
