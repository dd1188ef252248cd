import ExecutableTesting
import Foundation
import Testing

/// Collectors read a JSON log with the snippets of Documentation/collectors.md.
@Suite struct CollectorTests {
    private static let listener = Sections.listener(
        "--ordered-startup --log --log-output --log-format json --log-file %(here)s/events.json",
        "events=EVENT"
    )
    /// What every collector must leave as it is: quotes, a control, a change of direction, a forged line, a long one.
    private static let output =
        #"'say \"hi\" \\\\ caf\303\251 \342\200\256 \033[31m\n{\"level\":\"debug\"}\n%%040000d' 7"#
    private static let programs =
        Sections.program("broken", "%(here)s/missing", "startretries=0")
        + Sections.native("job", "/bin/sh -c 'exit 3'")
        + Sections.native("talker", "/usr/bin/printf \(output)", after: "job:exited", "stdout_events_enabled=true")
        + Sections.native("done", "/bin/sleep 600", after: "talker:exited")

    @Test(.enabled(if: Collector.rsyslog.isPossible, "rsyslog is missing, and apt-get cannot download it"))
    func rsyslogDeliversEveryField() async throws {
        try await expectEveryField(with: .rsyslog)
    }

    @Test(.enabled(if: Collector.syslogNG.isPossible, "syslog-ng is missing, and apt-get cannot download it"))
    func syslogNGDeliversEveryField() async throws {
        try await expectEveryField(with: .syslogNG) { record, line in
            #expect(record.number("@time") == line.text("time").flatMap { Self.seconds($0) })
        }
    }

    @Test(
        .enabled(if: Collector.openTelemetry.isPossible, "it needs root, and pip to install it"),
        arguments: [Collector.openTelemetry, .openTelemetryInContainers]
    )
    func theOpenTelemetryCollectorDeliversEveryField(collector: Collector) async throws {
        try await expectEveryField(with: collector) { record, line in
            #expect(record.number("@time") == line.text("time").flatMap { Self.seconds($0) })
            let severities: [String: Double] = ["info": 9, "warning": 13, "error": 17]
            #expect(record.number("@severity") == line.text("level").flatMap { severities[$0] })
        }
    }

    /// Every snippet is short, and names the log by the same path.
    @Test func snippetsHaveAtMostFiveLines() throws {
        let snippets = try DocumentationPage("Documentation/collectors.md").blocks
        #expect(snippets.count > 20)
        for snippet in snippets {
            #expect(snippet.lines.count <= 5, "\(snippet.text)")
        }
    }

    private static func seconds(_ time: String) -> Double? {
        let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return (try? format.parse(time)).map { ($0.timeIntervalSince1970 * 1000).rounded() / 1000 }
    }

    /// Expects that a collector delivers what a real run has logged, without the details, and in order.
    private func expectEveryField(
        with collector: Collector,
        _ expectMore: (_ record: LogFields, _ line: LogFields) -> Void = { _, _ in }
    ) async throws {
        try await Supervisord.run(Self.listener + Self.programs) { supervisord in
            let folder = supervisord.folder
            try await supervisord.wait(for: "the end of the startup") {
                folder.text(of: "events.json").contains(#""process":"done","group":"done","from":"STARTING""#)
            }
            try await supervisord.terminate()
            let all = folder.lines(of: "events.json")
            let lines = try all.filter { !$0.contains(#""level":"debug""#) }.map { try LogFields(json: $0) }
            #expect(lines.count < all.count, "The log has details.")
            #expect(Set(lines.compactMap { $0.text("level") }) == ["info", "warning", "error"])
            let log = folder.path(of: "events.json")
            let records = try await collector.records(of: log, count: lines.count, in: folder)
            for (record, line) in zip(records, lines) {
                #expect(record.keys.filter { !$0.hasPrefix("@") } == line.keys)
                for key in line.keys {
                    #expect(line.isSame(as: record, key), "\(key): \(line), but \(record)")
                }
                expectMore(record, line)
            }
        }
    }
}
