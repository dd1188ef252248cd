import ListenerKit
import Testing

@testable import listenerd

@Suite struct TimelineReportTests {
    private static var log: SampleLog {
        get throws {
            var log = SampleLog()
            try log.begin(
                SampleLog.program("database", after: "", "ready=tcp://db:1")
                    + SampleLog.program("migrate", after: "database")
                    + SampleLog.program("web", after: "migrate:completed") + SampleLog.program("mail", after: "web")
                    + SampleLog.program("report", after: "mail")
            )
            log.start("database", at: 0.1, runningAt: 1.1)
            log.becomeReady("database", at: 3)
            log.start("migrate", at: 3.02, runningAt: 4.02)
            log.exit("migrate", at: 6)
            log.start("web", at: 6.05, runningAt: 7.05)
            log.start("mail", at: 7.1)
            log.enter(.backoff, "mail", at: 7.5, #","tries":1"#)
            log.enter(.fatal, "mail", at: 7.6, #","spawnerr":"Exited too quickly""#)
            return log
        }
    }

    private static func report(_ style: TextStyle, insteadOf total: Double? = nil) throws -> String {
        let report = TimelineReport(
            StartupTimeline(try log.startup),
            beginning: Timestamp(seconds: 1_795_870_800),
            insteadOf: total,
            style
        )
        return String(decoding: report.text, as: UTF8.self)
    }

    @Test func aStartupIsDrawnWithTheCharactersThatTheLocaleHas() throws {
        #expect(
            try Self.report(TextStyle(columns: 72, hasColor: false, isUnicode: true)) == """
                x
                """
        )
        #expect(
            try Self.report(TextStyle(columns: 48, hasColor: false, isUnicode: false)).split(separator: "\n").prefix(11)
                .joined(separator: "\n") == """
                    x
                    """
        )
    }

    @Test func whatMightHaveBeenIsComparedWithWhatWas() throws {
        let style = TextStyle(columns: 80, hasColor: false, isUnicode: true)
        #expect(
            try Self.report(style, insteadOf: 10).hasPrefix("7.60 s instead of 10.00 s, 2.40 s less: 5 processes from ")
        )
        #expect(try Self.report(style, insteadOf: 7).hasPrefix("7.60 s instead of 7.00 s, 0.60 s more: "))
    }

    @Test(arguments: [20, 40, 80, 200, 1000])
    func noLineOfTheChartIsLongerThanTheTerminal(columns: Int) throws {
        for isUnicode in [true, false] {
            let style = TextStyle(columns: columns, hasColor: false, isUnicode: isUnicode)
            let chart = TimelineChart(StartupTimeline(try Self.log.startup), style)
            for line in chart.lines {
                #expect(line.unicodeScalars.count <= max(columns, 34), "\(line)")
                #expect(isUnicode || line.utf8.allSatisfy { $0 < 0x80 })
                #expect(!line.hasSuffix(" "))
            }
        }
    }

    @Test func colorAddsNothingButColor() throws {
        let plain = try Self.report(TextStyle(columns: 80, hasColor: false, isUnicode: true))
        let colored = try Self.report(TextStyle(columns: 80, hasColor: true, isUnicode: true))
        #expect(colored != plain)
        #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
        #expect(!plain.contains("\u{1B}"))
    }

    @Test func namesCannotMoveTheCursor() throws {
        var log = SampleLog()
        log.enter(.starting, "a\\u001b[2Jb", at: 0)
        let timeline = StartupTimeline(try log.startup)
        let style = TextStyle(columns: 80, hasColor: false, isUnicode: true)
        let report = TimelineReport(timeline, beginning: Timestamp(seconds: 0), style)
        #expect(timeline.bars.first?.name.contains("\u{1B}") == true)
        #expect(!report.text.contains(0x1B))
    }

    @Test(
        arguments: [
            (["LANG": "C.UTF-8"], true), (["LANG": "de_DE.utf8"], true), (["LANG": "C"], false), ([:], false),
            (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LANG": "C", "LC_CTYPE": "en_US.UTF-8"], true),
            (["LANG": "C.UTF-8", "LC_ALL": ""], true),
        ] as [([String: String], Bool)]
    )
    func theLocaleSaysWhetherThereIsMoreThanASCII(environment: [String: String], isUnicode: Bool) {
        #expect(TextStyle.current(environment).isUnicode == isUnicode)
    }

    @Test(arguments: [("100", 100), ("5000", 1000)])
    func theEnvironmentCanSayHowWideTheTerminalIs(columns: String, expected: Int) {
        #expect(TextStyle.current(["COLUMNS": columns]).columns == expected)
    }

    @Test(arguments: ["", "0", "-3", "x"])
    func widthsThatMakeNoSenseAreIgnored(columns: String) {
        #expect(TextStyle.current(["COLUMNS": columns]).columns == TextStyle.current([:]).columns)
    }

    @Test(arguments: [
        (0, 40, "|0.00 s"), (0.05, 40, "|0.00 s   |0.01     |0.03     |0.04"),
        (1, 40, "x"), (7.6, 60, "x"), (3600, 60, "x"), (1e9, 60, "x"),
    ])
    func theAxisHasRoundNumbers(total: Double, columns: Int, text: String) {
        #expect(TimelineAxis(total, columns: columns).text == text)
    }

    @Test(arguments: [(0, "0.00"), (0.004, "0.00"), (0.005, "0.01"), (1.005, "1.00"), (12.34, "12.34"), (-1, "0.00")])
    func secondsHaveTwoDecimals(seconds: Double, text: String) {
        #expect(seconds.secondsText == text)
    }
}
