import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// The file of `--log-metrics`, and who reads it.
@Suite struct MetricsTests {
    private static let file = "supervisord.prom"
    private static let listener = Sections.listener(
        "--log --log-metrics %(here)s/\(file)",
        "events=PROCESS_STATE,PROCESS_GROUP",
        "autorestart=true"
    )
    private static let programs =
        Sections.program("web", "/bin/sleep 600")
        + Sections.program("crash", "/bin/sh -c 'sleep 0.1; exit 3'", "startsecs=0", "autorestart=true")
        + Sections.program("job", "/bin/true", "startsecs=0")
        + Sections.program("broken", "%(here)s/missing", "startretries=1")

    /// A sample of a process that is alone in its group.
    private static func sample(_ metric: String, of name: String, _ value: Int, _ more: String = "") -> String {
        "\(metric){name=\"\(name)\",group=\"\(name)\"\(more)} \(value)\n"
    }

    private static func wait(_ supervisord: Supervisord, _ samples: String...) async throws {
        try await supervisord.wait(for: "\(samples) in the metrics") {
            let text = supervisord.folder.text(of: file)
            return samples.allSatisfy { text.contains($0) }
        }
    }

    /// Returns the value of a sample; nil if it is not there.
    private static func value(_ supervisord: Supervisord, _ metric: String, of name: String) -> Double? {
        let line = supervisord.folder.lines(of: file).first {
            $0.hasPrefix("\(metric){name=\"\(name)\",group=\"\(name)\"")
        }
        return line?.split(separator: " ").last.flatMap { Double($0) }
    }

    @Test func whatHappensIsCountedAndGoesOnAfterTheListenerWasKilled() async throws {
        try await Supervisord.run(Self.listener + Self.programs) { supervisord in
            try await Self.wait(
                supervisord,
                Self.sample("node_supervisord_state", of: "web", 20),
                Self.sample("node_supervisord_up", of: "web", 1),
                Self.sample("node_supervisord_state", of: "job", 100),
                Self.sample("node_supervisord_up", of: "job", 0),
                Self.sample("node_supervisord_exit_status", of: "job", 0),
                Self.sample("supervisord_process_exits_total", of: "job", 1, #",expected="true""#),
                Self.sample("supervisord_process_restarts_total", of: "job", 0),
                Self.sample("node_supervisord_state", of: "broken", 200),
                Self.sample("supervisord_process_fatal_total", of: "broken", 1),
                Self.sample("supervisord_process_backoff_total", of: "broken", 2),
                Self.sample("supervisord_process_restarts_total", of: "broken", 1),
                Self.sample("supervisord_process_restarts_total", of: "web", 0)
            )
            let start = try #require(try await supervisord.rpc.processInfo(of: "web").startTime)
            let told = try #require(Self.value(supervisord, "node_supervisord_start_time_seconds", of: "web"))
            #expect(abs(told - Double(start.seconds)) <= 1)
            let ready = try #require(Self.value(supervisord, "supervisord_process_ready_seconds", of: "web"))
            #expect((1...2).contains(ready))
            try await supervisord.wait(for: "restarts in the metrics") {
                Self.value(supervisord, "supervisord_process_restarts_total", of: "crash") ?? 0 >= 3
            }
            let crashes = try #require(Self.value(supervisord, "supervisord_process_restarts_total", of: "crash"))
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(for: "the next listener") { supervisord.pids(of: "listenerd").count == 2 }
            try await supervisord.rpc.stopProcess("web")
            try await Self.wait(
                supervisord,
                Self.sample("node_supervisord_state", of: "web", 0),
                Self.sample("node_supervisord_exit_status", of: "web", -1),
                Self.sample("supervisord_process_fatal_total", of: "broken", 1)
            )
            try await supervisord.wait(for: "further restarts in the metrics") {
                Self.value(supervisord, "supervisord_process_restarts_total", of: "crash") ?? 0 > crashes
            }
            #expect(!supervisord.logs.contains("warning"), "\(supervisord.logs)")
            // Only what was counted is left when nobody keeps it up to date.
            try await supervisord.terminate()
            let text = supervisord.folder.text(of: Self.file)
            #expect(text.contains(Self.sample("supervisord_process_fatal_total", of: "broken", 1)), "\(text)")
            #expect(!text.contains("node_supervisord"), "\(text)")
        }
    }

    @Test func aProgramThatAnUpdateAddsIsThereAndOneThatItRemovesIsGone() async throws {
        let other = Sections.program("other", "/bin/sleep 600", "autostart=false")
        try await Supervisord.run(Self.listener + Self.programs) { supervisord in
            try await Self.wait(supervisord, Self.sample("node_supervisord_state", of: "job", 100))
            try supervisord.edit { $0.replacing("[program:job]", with: "\(other)\n[program:job2]") }
            try await supervisord.update()
            try await Self.wait(supervisord, Self.sample("supervisord_process_restarts_total", of: "other", 0))
            try await supervisord.wait(for: "a file without job") {
                !supervisord.folder.text(of: Self.file).contains("\"job\"")
            }
        }
    }

    @Test func underSuperviseNothingElseIsNeeded() async throws {
        try await Supervise.run(["--log", "--log-metrics=%(here)s/\(Self.file)"], Self.programs) { run in
            try await run.wait(forFile: Self.file, Self.sample("supervisord_process_fatal_total", of: "broken", 1))
            #expect(!run.errors.contains("PROCESS_GROUP"), "\(run.errors)")
        }
    }

    @Test func whatTheOrderOfStartsHasMeasuredStaysAfterTheListenerWasKilled() async throws {
        let programs =
            Sections.gated("/bin/sh -c 'sleep 0.3; touch %(here)s/up; exec sleep 600'", ready: "file://%(here)s/up")
            + Sections.native("web", "/bin/sleep 600", after: "server")
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log --log-metrics %(here)s/\(Self.file)", "autorestart=true")
                + programs
        ) { supervisord in
            try await supervisord.wait(for: "the startup in the metrics") {
                supervisord.folder.text(of: Self.file).contains("\nsupervisord_startup_seconds ")
                    && Self.value(supervisord, "supervisord_process_ready_seconds", of: "web") != nil
            }
            let kept = supervisord.folder.lines(of: Self.file).filter {
                $0.hasPrefix("supervisord_process_ready_seconds{name=\"server\"")
                    || $0.hasPrefix("supervisord_startup_seconds ")
            }
            #expect(kept.count == 2)
            let ready = try #require(Self.value(supervisord, "supervisord_process_ready_seconds", of: "server"))
            #expect(ready >= 0.3)
            // supervisord tells starts to the second, and so the file must be written in a later one.
            let start = try #require(try await supervisord.rpc.processInfo(of: "server").startTime)
            try await supervisord.wait(for: "the next second") { Timestamp.now.seconds > start.seconds }
            try await supervisord.rpc.stopProcess("web")
            try await Self.wait(supervisord, Self.sample("node_supervisord_exit_status", of: "web", -1))
            supervisord.send(SIGKILL, to: "listenerd")
            try await Self.wait(
                supervisord,
                Self.sample("supervisord_process_restarts_total", of: "listenerd", 1),
                Self.sample("node_supervisord_state", of: "server", 20)
            )
            let lines = supervisord.folder.lines(of: Self.file)
            #expect(kept.allSatisfy { lines.contains($0) }, "\(kept) \(lines)")
        }
    }

    @Test(DebianProgram.promtool.isThere) func promtoolHasNothingToSay() async throws {
        try await Supervisord.run(
            Self.listener + Self.programs + Sections.program(#"a"b\c"#, "/bin/sleep 600")
        ) { supervisord in
            try await Self.wait(
                supervisord,
                Self.sample("supervisord_process_fatal_total", of: "broken", 1),
                Self.sample("node_supervisord_state", of: #"a\"b\\c"#, 20)
            )
            let check = try await DebianProgram.promtool.run(
                ["check", "metrics"],
                in: supervisord.folder,
                input: Self.file
            )
            #expect(check.output == "" && check.ending == .status(0))
            try await supervisord.terminate()
            let last = try await DebianProgram.promtool.run(
                ["check", "metrics"],
                in: supervisord.folder,
                input: Self.file
            )
            #expect(last.output == "" && last.ending == .status(0))
        }
    }

    // MARK: - The page about it

    /// Returns the block of the page that contains a line.
    private static func block(with line: String) throws -> String {
        try DocumentationPage("Documentation/metrics.md").block(with: line).text
    }

    @Test(DebianProgram.nodeExporter.isThere) func nodeExporterServesTheFileAsThePageSays() async throws {
        let exporter = try #require(DebianProgram.nodeExporter.path)
        let page = try Self.block(with: "[program:node_exporter]")
        try await ReservedPort.use { port in
            let address = "127.0.0.1:\(port)"
            let sections = page.replacing("/usr/local/bin/listenerd", with: "%(ENV_LISTENERD)s")
                .replacing(
                    "/usr/bin/prometheus-node-exporter",
                    with: "\(exporter) --web.listen-address=\(address)"
                )
                .replacing("/var/lib/prometheus/node-exporter", with: "%(here)s")
                .replacing("stderr_logfile=/dev/stderr", with: "stderr_logfile=%(here)s/\(Sections.listenerLog)")
            try await Supervisord.run(sections + Self.programs) { supervisord in
                let read = "import sys, urllib.request as r; sys.stdout.write(r.urlopen(sys.argv[1]).read().decode())"
                let url = "http://\(address)/metrics"
                let wanted = [
                    "node_textfile_scrape_error 0",
                    #"node_supervisord_up{group="node_exporter",name="node_exporter"} 1"#,
                    #"supervisord_process_fatal_total{group="broken",name="broken"} 1"#,
                    "supervisord_events_lost_total 0",
                ]
                try await supervisord.wait(for: "\(wanted) from node_exporter") {
                    let reader = try RunningProgram(
                        "\(TestedExecutable.package)/.build/python/bin/python",
                        ["-c", read, url],
                        output: supervisord.folder.path(of: "page"),
                        errors: "/dev/null"
                    )
                    _ = try await reader.waitForEnd()
                    let lines = Set(supervisord.folder.lines(of: "page"))
                    try? FileManager.default.removeItem(atPath: supervisord.folder.path(of: "page"))
                    return wanted.allSatisfy { lines.contains($0) }
                }
            }
        }
    }

    @Test(DebianProgram.promtool.isThere) func theAlertsOfThePageAreRaised() async throws {
        let rules = try Self.block(with: "      - alert: ProgramGivenUp")
        let tests = """
            rule_files: [rules.yml]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - {series: 'node_supervisord_state{instance="i",name="web",group="web"}', values: '200x20'}
                  - {series: 'node_supervisord_state{instance="i",name="job",group="job"}', values: '100x20'}
                  - {series: 'supervisord_process_restarts_total{instance="i",name="a",group="a"}', values: '0+1x20'}
                  - {series: 'supervisord_process_restarts_total{instance="i",name="b",group="b"}', values: '7x20'}
                  - {series: 'node_supervisord_up{instance="i",name="web",group="web"}', values: '0x20'}
                  - {series: 'supervisord_events_lost_total{instance="i"}', values: '0x20'}
                  - {series: 'supervisord_events_lost_total{instance="j"}', values: '0x20'}
                alert_rule_test:
                  - eval_time: 15m
                    alertname: ProgramGivenUp
                    exp_alerts:
                      - exp_labels: {instance: i, name: web, group: web}
                        exp_annotations: {summary: "supervisord on i has given up web"}
                  - eval_time: 15m
                    alertname: ProgramRestartsAgainAndAgain
                    exp_alerts:
                      - exp_labels: {instance: i, name: a, group: a}
                        exp_annotations: {summary: "supervisord on i starts a again and again"}
                  - eval_time: 15m
                    alertname: NobodyWatchesSupervisord
                    exp_alerts:
                      - exp_labels: {instance: j}
                        exp_annotations: {summary: "the listener of supervisord on j has ended"}

            """
        let folder = try TestFolder(with: ["rules.yml": rules, "tests.yml": tests])
        let check = try await DebianProgram.promtool.run(["check", "rules", folder.path(of: "rules.yml")], in: folder)
        #expect(check.ending == .status(0) && check.output.contains("SUCCESS: 3 rules found"), "\(check.output)")
        let test = try await DebianProgram.promtool.run(["test", "rules", folder.path(of: "tests.yml")], in: folder)
        #expect(test.ending == .status(0), "\(test.output)")
    }
}
