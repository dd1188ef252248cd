import Testing

@testable import ListenerKit

@Suite struct CommandLineParserTests {
    @Test(arguments: [
        ("--log", ["log"]),
        ("--log --crash-mail", ["crash-mail", "log"]),
        ("--ordered-startup --log --log", ["log", "ordered-startup"]),
        ("--log --", ["log"]),
    ])
    func flagsSelectHandlersInTheOrderOfTheirDeclaration(line: String, names: [String]) throws {
        #expect(try Sample.request(line).handlers.map { $0.name } == names)
    }

    @Test(arguments: ["--help", "-h", "--log -h", "--log-file x --help --bogus"])
    func helpIsAskedFor(line: String) throws {
        guard case .help = try Sample.parse(line) else {
            Issue.record("no help for \(line)")
            return
        }
    }

    @Test(arguments: ["--version", "--log --version"])
    func theVersionIsAskedFor(line: String) throws {
        guard case .version = try Sample.parse(line) else {
            Issue.record("no version for \(line)")
            return
        }
    }

    @Test(
        arguments: [
            ("--log -c a.conf", "a.conf"),
            ("--log -ca.conf", "a.conf"),
            ("--log --config a.conf", "a.conf"),
            ("--log --config=a.conf", "a.conf"),
            ("--log --config=a=b.conf", "a=b.conf"),
            ("--log --config=--a", "--a"),
            ("--log -c -", "-"),
            ("--log -c/etc/config", "/etc/config"),
            ("--log -conf.d/x", "onf.d/x"),
            ("--log -c -a.conf", "-a.conf"),
            ("--log -c a␣b.conf", "a b.conf"),
            ("--config first --log -c last", "last"),
            ("--log", nil),
        ] as [(String, String?)]
    )
    func anOptionTakesItsValueInEveryForm(line: String, value: String?) throws {
        #expect(try Sample.request(line)[ListenerOptions.config] == value)
    }

    @Test(
        arguments: [
            ("", [.fatal, .exit]),
            ("--crash-mail-on exit", [.exit]),
            ("--crash-mail-on=all-exited,exit", [.allExited, .exit]),
            ("--crash-mail-on exit,␣fatal␣", [.exit, .fatal]),
            ("--crash-mail-on ,exit,,␣,fatal,", [.exit, .fatal]),
            ("--crash-mail-on exit --crash-mail-on fatal", [.fatal]),
        ] as [(String, [Sample.CrashMail.Trigger])]
    )
    func aListIsSeparatedByCommas(options: String, value: [Sample.CrashMail.Trigger]) throws {
        let request = try Sample.request("--crash-mail \(options)")
        #expect(request.value(of: Sample.CrashMail.on, handler: "crash-mail") == value)
    }

    @Test(arguments: [
        ("", 10), ("--crash-mail-limit 3", 3), ("--crash-mail-limit -3", -3), ("--crash-mail-limit=0", 0),
    ])
    func aNumberIsRead(options: String, value: Int) throws {
        let request = try Sample.request("--crash-mail \(options)")
        #expect(request.value(of: Sample.CrashMail.limit, handler: "crash-mail") == value)
    }

    @Test(
        arguments: [
            ("", .seconds(1)), ("--acknowledge-within 5", .seconds(5)),
            ("--acknowledge-within=0.25", .milliseconds(250)),
        ] as [(String, Duration)]
    )
    func aDurationIsReadInSeconds(options: String, value: Duration) throws {
        #expect(try Sample.request("--log \(options)")[ListenerOptions.acknowledgeWithin] == value)
    }

    @Test func aFlagOfAHandlerIsOffUnlessItIsGiven() throws {
        let urgent = Sample.CrashMail.urgent
        #expect(try Sample.request("--crash-mail").value(of: urgent, handler: "crash-mail") == false)
        #expect(try Sample.request("--crash-mail-urgent --crash-mail").value(of: urgent, handler: "crash-mail"))
    }

    @Test func anOptionalOptionMayHaveADefaultToo() throws {
        let from = Sample.CrashMail.from
        #expect(try Sample.request("--crash-mail").value(of: from, handler: "crash-mail") == "root")
        let given = try Sample.request("--crash-mail --crash-mail-from me")
        #expect(given.value(of: from, handler: "crash-mail") == "me")
        #expect(given.value(of: Sample.CrashMail.to, handler: "crash-mail") == nil)
    }

    private static let kinds = EventKind.allCases.map { $0.rawValue }.joined(separator: ", ")
    private static let flags = "'--crash-mail', '--log', '--ordered-startup'"

    private static let mistakes: [(line: String, words: String)] = [
        ("", "Missing one of: \(flags)"),
        ("--", "Missing one of: \(flags)"),
        ("-c a.conf", "Missing one of: \(flags)"),
        ("--x", "Unknown option '--x'"),
        ("--x=y", "Unknown option '--x'"),
        ("--=x", "Unknown option '--'"),
        ("-x", "Unknown option '-x'"),
        ("-l --log", "Unknown option '-l'"),
        ("-v", "Unknown option '-v'; did you mean '--version'?"),
        ("-log", "Unknown option '-log'; did you mean '--log'?"),
        ("-hlep", "Unknown option '-hlep'; did you mean '--help'?"),
        ("-log-format=json", "Unknown option '-log-format=json'; did you mean '--log-format'?"),
        ("-config x", "Unknown option '-config'; did you mean '--config'?"),
        ("-conf x", "Unknown option '-conf'; did you mean '--config'?"),
        ("-crash-mail", "Unknown option '-crash-mail'; did you mean '--crash-mail'?"),
        ("-c=a.conf", "Unknown option '-c=a.conf'; did you mean '-c a.conf'?"),
        ("--lag", "Unknown option '--lag'; did you mean '--log'?"),
        ("--log --log-fiel x", "Unknown option '--log-fiel'; did you mean '--log-file'?"),
        ("--log --Log-file=x", "Unknown option '--Log-file'; did you mean '--log-file'?"),
        ("--hlep", "Unknown option '--hlep'; did you mean '--help'?"),
        ("--versoin", "Unknown option '--versoin'; did you mean '--version'?"),
        ("--acknowledge_within 1", "Unknown option '--acknowledge_within'; did you mean '--acknowledge-within'?"),
        ("--crash-mail-form me", "Unknown option '--crash-mail-form'; did you mean '--crash-mail-from'?"),
        ("--log -c", "Missing value for '--config <file>'"),
        ("--log --config", "Missing value for '--config <file>'"),
        ("--log --config --log", "Missing value for '--config <file>'"),
        ("--log --log-file -- x", "Missing value for '--log-file <path>'"),
        ("--log --log-file --help", "Missing value for '--log-file <path>'"),
        ("--log=yes", "The flag '--log' takes no value, but was given 'yes'"),
        ("--crash-mail-urgent=", "The flag '--crash-mail-urgent' takes no value, but was given ''"),
        ("--log --config=", "The value '' is invalid for '--config <file>'"),
        (
            "--crash-mail-limit many",
            "The value 'many' is invalid for '--crash-mail-limit <n>'; it must be a whole number"
        ),
        (
            "--crash-mail-limit 1.5",
            "The value '1.5' is invalid for '--crash-mail-limit <n>'; it must be a whole number"
        ),
        (
            "--crash-mail-limit=9223372036854775808",
            "The value '9223372036854775808' is invalid for '--crash-mail-limit <n>'; it must be a whole number"
        ),
        (
            "--acknowledge-within -1",
            "The value '-1' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            "--acknowledge-within nan",
            "The value 'nan' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            "--acknowledge-within inf",
            "The value 'inf' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            "--acknowledge-within 5s",
            "The value '5s' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            "--acknowledge-within 1e18",
            "The value '1e18' is invalid for '--acknowledge-within <seconds>'; it must be a number of seconds, 0 or more"
        ),
        (
            "--log-format jsn",
            "The value 'jsn' is invalid for '--log-format <format>'; it must be one of: text, json, logfmt; "
                + "did you mean 'json'?"
        ),
        (
            "--log-format xml",
            "The value 'xml' is invalid for '--log-format <format>'; it must be one of: text, json, logfmt"
        ),
        (
            "--log-format text,json",
            "The value 'text,json' is invalid for '--log-format <format>'; it must be one of: text, json, logfmt"
        ),
        (
            "--crash-mail-on exit,fatl",
            "The value 'fatl' is invalid for '--crash-mail-on <list>'; it must be one of: fatal, exit, all-exited; "
                + "did you mean 'fatal'?"
        ),
        (
            "--crash-mail-on=,",
            "The value ',' is invalid for '--crash-mail-on <list>'; it must be one of: fatal, exit, all-exited"
        ),
        (
            "--log-events tick_5,PROCESS_STAT",
            "The value 'PROCESS_STAT' is invalid for '--log-events <list>'; it must be one of: \(kinds); "
                + "did you mean 'PROCESS_STATE'?"
        ),
        ("log", "Unexpected argument 'log'; did you mean '--log'?"),
        ("--log ordered-startp", "Unexpected argument 'ordered-startp'; did you mean '--ordered-startup'?"),
        ("--log something", "Unexpected argument 'something'"),
        ("—log", "Unexpected argument '—log'; did you mean '--log'?"),
        ("–log-file x", "Unexpected argument '–log-file'; did you mean '--log-file'?"),
        ("--log config", "Unexpected argument 'config'; did you mean '--config'?"),
        ("--log json", "Unexpected argument 'json'; did you mean '--log-format json'?"),
        ("--log x.conf", "Unexpected argument 'x.conf'; did you mean '-c x.conf'?"),
        ("--log etc/x", "Unexpected argument 'etc/x'; did you mean '-c etc/x'?"),
        ("--log -- etc/x", "Unexpected argument 'etc/x'; did you mean '-c etc/x'?"),
        ("--log -", "Unexpected argument '-'"),
        ("--log -- --log", "Unexpected argument '--log'"),
        ("--log-file x", "The option '--log-file' needs the handler '--log'"),
        ("--log --crash-mail-urgent", "The option '--crash-mail-urgent' needs the handler '--crash-mail'"),
    ]

    @Test(arguments: mistakes)
    func aMistakeIsReportedInOneSentence(line: String, words: String) {
        let error = #expect(throws: UsageError.self) {
            try Sample.parse(line)
        }
        #expect(error?.description == words)
    }

    @Test func anEmptyArgumentIsUnexpected() {
        #expect(throws: UsageError.unexpectedArgument(argument: "", suggestion: nil)) {
            try CommandLineParser(handlers: Sample.handlers).parse(["--log", ""])
        }
    }

    @Test func anEmptyValueIsInvalid() {
        #expect(throws: UsageError.self) {
            try CommandLineParser(handlers: Sample.handlers).parse(["--log", "-c", ""])
        }
    }
}
