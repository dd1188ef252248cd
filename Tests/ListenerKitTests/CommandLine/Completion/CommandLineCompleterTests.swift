import Testing

@testable import ListenerKit

@Suite struct CommandLineCompleterTests {
    private enum Send: Subcommand {
        static let to = RequiredOption<String>("to", "x", .oneOf { _, text in ["\(text)@a", "\(text)@b"] }, help: "")
        static let copies = Option<[String]?>(
            "copies",
            "x",
            .oneOf { options, _ in [try options[to], "x", "y"] },
            help: ""
        )
        static let folder = Option<String?>("folder", "dir", .directory, help: "where")
        static let mailer = Option<String?>("mailer", "command", .command, help: "with what")
        static let count = Option<Int?>("count", "n", help: "how often")
        static let nobody = Option<String?>("nobody", "x", .oneOf { _, _ in throw UsageError.other("") }, help: "")
        static let odd = Option<String?>("odd", "x", .oneOf { _, _ in ["a\nb", "c\u{1B}[31m", "d e", "é"] }, help: "")

        static let name = "send"
        static let summary = "send it"
        static let options: [any OptionDeclaration] = [
            ListenerOptions.config, to, copies, folder, mailer, count, nobody, odd,
        ]
        static let arguments: String? = "FILE"
        static let argumentKind = ValueKind.file
        static let operands: String? = "WORD..."

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private enum Restart: Subcommand {
        static let name = "restart"
        static let summary = "restart it"
        static let options: [any OptionDeclaration] = [ListenerOptions.config]
        static let arguments: String? = "NAME..."
        static let argumentKind = ValueKind.process(or: ["all"])

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private enum Explain: Subcommand {
        static let name = "explain"
        static let summary = "explain it"
        static let handlers = Sample.handlers
        static let arguments: String? = "SUBCOMMAND"
        static let argumentKind = ValueKind.subcommand

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private static let completer = CommandLineCompleter(
        program: Program(
            name: "crashd",
            handlers: Sample.handlers,
            subcommands: [Send.self, Restart.self, Explain.self],
            processes: { options in
                guard options[ListenerOptions.config] != "broken" else {
                    throw ConfigurationError.notFound(lookedFor: [])
                }
                let names = [("web", "web"), ("store", "db"), ("store", "cache"), ("a b", "c:d")]
                return names.map { ProcessName(group: $0.0, process: $0.1) }
            }
        )
    )

    private static let names = ["web", "store:*", "store:db", "store:cache", "a b:*", "a b:c:d"]
    private static let general = ["--config", "--server-url", "--acknowledge-within"]
    private static let flags = ["--crash-mail", "--log", "--ordered-startup"]
    private static let ofLog = ["--log-format", "--log-file", "--log-events", "--log-names"]
    private static let ofMail = ["to", "limit", "on", "urgent", "pause", "from"].map { "--crash-mail-\($0)" }
    private static let ofSend = Send.options.map { "--\($0.name)" }
    private static let kinds = EventKind.allCases.map { $0.rawValue }

    /// Completes words that are separated by spaces; `␣` stands for a space within a word.
    private func complete(_ line: String) -> CompletedWord {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        return Self.completer.complete(words.map { word in String(word.map { $0 == "␣" ? " " : $0 }) })
    }

    private static let options: [(String, [String])] = [
        ("", ["send", "restart", "explain"]),
        ("re", ["send", "restart", "explain"]),
        ("-", flags + general + ["--help", "--version"]),
        ("--lo", flags + general + ["--help", "--version"]),
        ("--log -", ["--crash-mail", "--ordered-startup"] + general + ofLog),
        ("--log ", ["--crash-mail", "--ordered-startup"] + general + ofLog),
        ("--log re", ["--crash-mail", "--ordered-startup"] + general + ofLog + ofMail),
        ("--log --log-format=json -", ["--crash-mail", "--ordered-startup"] + general + ofLog.dropFirst()),
        ("--server-url x -", flags + ["--config", "--acknowledge-within"]),
        ("-c x --", flags + ["--server-url", "--acknowledge-within"]),
        ("-cx --", flags + ["--server-url", "--acknowledge-within"]),
        ("--crash-mail-u", flags + general + ["--help", "--version"] + ofMail + ofLog),
        ("send --", ofSend + ["--help"]),
        ("send x ", ofSend),
        ("send x --to y ", ["--config"] + ofSend.dropFirst(2)),
        ("send --unknown --", ofSend),
        ("restart -", ["--config", "--help"]),
        ("explain -", flags + ["--help"]),
        ("explain --log -", ["--crash-mail", "--ordered-startup"] + ofLog),
        ("explain send ", flags),
        ("nonsense -", flags + general),
    ]

    @Test(arguments: options)
    func optionsAreThoseThatCanStillBeGiven(line: String, names: [String]) {
        let completed = complete(line)
        #expect(completed.kind == .words)
        #expect(completed.start == "")
        #expect(completed.candidates.map { $0.text } == names)
    }

    private static let values: [(String, CompletedWord.Kind, String, [String])] = [
        ("--log --log-format ", CompletedWord.Kind.words, "", ["text", "json", "logfmt"]),
        ("--log --log-format j", .words, "", ["text", "json", "logfmt"]),
        ("--log --log-format=", .words, "--log-format=", ["text", "json", "logfmt"]),
        ("--log --log-events ", .list, "", kinds),
        ("--log --log-events=EVENT,", .list, "--log-events=EVENT,", kinds.filter { $0 != "EVENT" }),
        ("--crash-mail-on fatal,", .list, "fatal,", ["exit", "all-exited"]),
        ("--crash-mail-on fatal,exit,a", .list, "fatal,exit,", ["all-exited"]),
        ("--crash-mail-to ", .words, "", []),
        ("--crash-mail-urgent=", .words, "", flags + general + ["--help", "--version"] + ofMail + ofLog),
        ("-c ", .files, "", []),
        ("-cx", .files, "-c", []),
        ("--config=x", .files, "--config=", []),
        ("send ", .files, "", []),
        ("send --folder ", .directories, "", []),
        ("send --folder=a=b", .directories, "--folder=", []),
        ("send --mailer ", .commands, "", []),
        ("send --count ", .words, "", []),
        ("send --to me", .words, "", ["me@a", "me@b"]),
        ("send --to=me", .words, "--to=", ["me@a", "me@b"]),
        ("send --to me --copies x,", .list, "x,", ["me", "y"]),
        ("send --copies ", .list, "", []),
        ("send --nobody ", .words, "", []),
        ("send --odd ", .words, "", ["d e", "é"]),
        ("send --to --count=", .words, "--count=", []),
        ("send -- ", .files, "", []),
        ("send x -- ", .words, "", []),
        ("send -- --to ", .words, "", []),
        ("restart ", .words, "", names + ["all"]),
        ("restart web a␣b:", .words, "", names + ["all"]),
        ("restart -- web ", .words, "", names + ["all"]),
        ("restart -- -", .words, "", names + ["all"]),
        ("restart --config broken ", .words, "", []),
        ("restart -cbroken ", .words, "", []),
        ("explain ", .words, "", ["send", "restart", "explain"]),
    ]

    @Test(arguments: values)
    func valuesAreThoseOfTheOption(line: String, kind: CompletedWord.Kind, start: String, names: [String]) {
        let completed = complete(line)
        #expect(completed.kind == kind)
        #expect(completed.start == start)
        #expect(completed.candidates.map { $0.text } == names)
    }

    @Test func optionsAndSubcommandsComeWithTheirHelp() {
        #expect(complete("").candidates.first == .init(text: "send", summary: "send it"))
        #expect(complete("-").candidates.first == .init(text: "--crash-mail", summary: Sample.CrashMail.summary))
        #expect(complete("restart -").candidates.first?.summary == ListenerOptions.config.help)
    }

    @Test func noWordsHaveNoCompletion() {
        #expect(Self.completer.complete([]) == CompletedWord())
    }
}
