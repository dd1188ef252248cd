import ExecutableTesting
import Testing

@testable import listenerd

/// What `listenerd analyze` and `listenerd plan --log` print, and their exit statuses.
@Suite struct AnalyzeCommandTests {
    private static let configuration =
        SampleLog.program("db") + SampleLog.program("job", after: "db") + SampleLog.program("web", after: "db")
        + SampleLog.program("last", after: "web")

    private static var log: SampleLog {
        get throws {
            var log = SampleLog()
            try log.begin(configuration)
            log.start("db", at: 0.1, runningAt: 1.1)
            log.start("web", at: 1.11, runningAt: 2.12)
            log.start("job", at: 1.3, runningAt: 2.31)
            return log
        }
    }

    private static func run(
        _ arguments: String...,
        log: String,
        _ variables: [String: String] = [:]
    ) async throws -> Outcome {
        let folder = try TestFolder()
        try folder.write(log, to: "log")
        try folder.write("[supervisord]\n" + configuration, to: "s.conf")
        let words = arguments.map { ["LOG": folder.path(of: "log"), "CONF": folder.path(of: "s.conf")][$0] ?? $0 }
        return try await Outcome(of: words, environment: variables, input: log).replacing(folder.path + "/", with: "")
    }

    @Test func aLogIsAnalyzed() async throws {
        let outcome = try await Self.run("analyze", "LOG", log: Self.log.text, ["COLUMNS": "60"])
        #expect(outcome.output.hasPrefix("2.30 s: 4 processes from "), "\(outcome)")
        #expect(outcome.errors == "")
        #expect(outcome.ending == .status(0))
        let piped = try await Self.run("analyze", "-", log: Self.log.text, ["COLUMNS": "60"])
        #expect(piped.output == outcome.output)
        let picture = try await Self.run("analyze", "--format", "svg", "LOG", log: Self.log.text)
        #expect(picture.output.hasPrefix("<svg "))
        let forecast = try await Self.run("analyze", "LOG", "--without", "db->web", "--ready=job=5", log: Self.log.text)
        #expect(forecast.output.hasPrefix("6.30 s instead of 2.30 s, 4.00 s more: "), "\(forecast)")
    }

    @Test func theLastOfSeveralStartupsIsTakenUnlessAnotherIsChosen() async throws {
        var log = try Self.log
        log.serial = 0
        log.poolSerial = 0
        try log.begin(Self.configuration, at: 100)
        log.start("db", at: 101, runningAt: 104)
        let last = try await Self.run("analyze", "LOG", log: log.text)
        #expect(last.output.hasPrefix("4.00 s: "), "\(last)")
        #expect(
            last.errors
                == "listenerd: info: this is the last of 2 startups in the log; --startup N shows another\n"
        )
        let first = try await Self.run("analyze", "LOG", "--startup", "1", log: log.text)
        #expect(first.output.hasPrefix("2.30 s: "))
        #expect(first.errors == "")
        let none = try await Self.run("analyze", "LOG", "--startup", "3", log: log.text)
        #expect(none.errors.hasPrefix("listenerd: Error: the log has 2 startups, so '--startup 3' does not exist\n"))
        #expect(none.ending == .status(64))
    }

    @Test(arguments: [
        ("", "nothing to analyze: 'log' is empty"),
        ("a\nb\n", "nothing to analyze: none of the 2 lines of 'log' is one of a log with --log-format json"),
        (
            #"{"time":"2026-11-28T13:00:00.123Z","event":"LISTENERD","message":"x"}"#,
            "nothing to analyze: the log 'log' tells of no process; does the listener get PROCESS_STATE events?"
        ),
    ])
    func aLogWithoutAStartupIsAnError(log: String, message: String) async throws {
        let outcome = try await Self.run("analyze", "LOG", log: log)
        #expect(outcome.errors == "listenerd: error: \(message)\n")
        #expect(outcome.ending == .status(65))
        #expect(outcome.output == "")
    }

    @Test func aFileThatCannotBeReadIsAnError() async throws {
        let outcome = try await Self.run("analyze", "/nonexistent/log", log: "")
        #expect(outcome.errors == "listenerd: error: cannot read '/nonexistent/log': No such file or directory\n")
        #expect(outcome.ending == .status(65))
    }

    @Test(arguments: [
        (["analyze"], "Missing expected argument 'FILE'"),
        (["analyze", "LOG", "x"], "Unexpected argument 'x'"),
        (
            ["analyze", "LOG", "--without", "a"],
            "The value 'a' is invalid for '--without <list>'; it must be PARENT->CHILD, or PARENT→CHILD"
        ),
        (["analyze", "LOG", "--ready", "a"], "The value 'a' is invalid for '--ready <list>'; it must be NAME=SECONDS"),
        (["analyze", "LOG", "--without", "x->web"], "web does not wait for 'x'; it waits for: db"),
        (
            ["plan", "-c", "CONF", "--log", "LOG", "--format", "json"],
            "'--log' cannot be combined with another '--format' than text"
        ),
    ])
    func aWrongCommandLineIsAnError(arguments: [String], message: String) async throws {
        let folder = try TestFolder()
        try folder.write(try Self.log.text, to: "log")
        try folder.write("[supervisord]\n" + Self.configuration, to: "s.conf")
        let words = arguments.map { ["LOG": folder.path(of: "log"), "CONF": folder.path(of: "s.conf")][$0] ?? $0 }
        let outcome = try await Outcome(of: words)
        #expect(outcome.errors.hasPrefix("listenerd: Error: \(message)\n"), "\(outcome.errors)")
        #expect(outcome.ending == .status(64))
    }

    @Test func withoutAPlanItIsSaidThatNothingIsKnownOfWaits() async throws {
        var log = SampleLog()
        log.start("db", at: 0.1, runningAt: 1.1)
        let outcome = try await Self.run("analyze", "LOG", log: log.text)
        #expect(outcome.output.hasPrefix("1.00 s: 1 process from "))
        #expect(
            outcome.errors.hasPrefix(
                "listenerd: warning: the log has no plan, so nothing is known of what waited for what; "
            )
        )
        #expect(outcome.ending == .status(0))
        let forecast = try await Self.run("analyze", "LOG", "--without", "a->b", log: log.text)
        #expect(forecast.ending == .status(64))
    }

    @Test func theExpectedOrderStandsBesideTheOneOfTheLog() async throws {
        let outcome = try await Self.run("plan", "-c", "CONF", "--log", "LOG", log: Self.log.text)
        #expect(
            outcome.output == """
                   expected  actual
                   db        db      at 0.10 s
                +            web     at 1.11 s
                   job       job     at 1.30 s
                -  web               started elsewhere
                -  last              not started

                """,
            "\(outcome.output)"
        )
        #expect(outcome.ending == .status(0))
    }
}
