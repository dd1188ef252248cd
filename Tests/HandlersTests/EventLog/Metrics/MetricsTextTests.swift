import ListenerKit
import Testing

@testable import Handlers

/// The text of metrics, and what is read back from it.
@Suite struct MetricsTextTests {
    private static let program = MeteredProgram(
        autorestart: .unexpected,
        startRetries: 0,
        startSeconds: 1,
        isGated: false
    )

    private static func metrics(_ process: ProcessName = ProcessName(group: "g", process: "a")) -> SupervisorMetrics {
        var metrics = SupervisorMetrics()
        _ = metrics.apply(
            Snapshot(
                processes: [ProcessInformation(name: .of("job"), state: .exited, exitStatus: -1)],
                reason: .lostEvents(count: 12)
            ),
            of: MeteredPrograms(nil, hasGates: false)
        )
        for (transition, previous, seconds) in [
            (.starting(tries: 0), .stopped, 90.9), (.backoff(tries: 1), .starting, 91), (.fatal, .backoff, 91),
            (.starting(tries: 0), .fatal, 92), (.running(pid: 1), .starting, 93.1),
            (.exited(expected: true, pid: 1), .running, 94), (.starting(tries: 0), .exited, 95),
            (.running(pid: 2), .starting, 96), (.exited(expected: false, pid: 2), .running, 97),
            (.starting(tries: 0), .exited, 99.9), (.running(pid: 3), .starting, 101.0625),
        ] as [(ProcessStateEvent.Transition, ProcessState, Double)] {
            let change = ProcessStateEvent.change(transition, from: previous, of: process, at: seconds)
            metrics.apply(change, of: Self.program, at: .now)
        }
        _ = metrics.apply(JournalEntry(.startup, seconds: 83.0004))
        return metrics
    }

    private static let state = """
        # HELP node_supervisord_up Whether the process is up: STARTING, RUNNING or STOPPING.
        # TYPE node_supervisord_up gauge
        node_supervisord_up{name="a",group="g"} 1
        node_supervisord_up{name="job",group="job"} 0
        # HELP node_supervisord_state supervisord's code of the state of the process.
        # TYPE node_supervisord_state gauge
        node_supervisord_state{name="a",group="g"} 20
        node_supervisord_state{name="job",group="job"} 100
        # HELP node_supervisord_exit_status The status with which the process last exited; -1 if a signal killed it.
        # TYPE node_supervisord_exit_status gauge
        node_supervisord_exit_status{name="a",group="g"} 0
        node_supervisord_exit_status{name="job",group="job"} -1
        # HELP node_supervisord_start_time_seconds When the process was started, in seconds since 1970.
        # TYPE node_supervisord_start_time_seconds gauge
        node_supervisord_start_time_seconds{name="a",group="g"} 99

        """
    private static let counted = """
        # HELP supervisord_process_restarts_total How often supervisord has started the process again by itself.
        # TYPE supervisord_process_restarts_total counter
        supervisord_process_restarts_total{name="a",group="g"} 1
        supervisord_process_restarts_total{name="job",group="job"} 0
        # HELP supervisord_process_exits_total How often the process has exited by itself after it was RUNNING.
        # TYPE supervisord_process_exits_total counter
        supervisord_process_exits_total{name="a",group="g",expected="false"} 1
        supervisord_process_exits_total{name="a",group="g",expected="true"} 1
        supervisord_process_exits_total{name="job",group="job",expected="false"} 0
        supervisord_process_exits_total{name="job",group="job",expected="true"} 0
        # HELP supervisord_process_fatal_total How often supervisord has given up to start the process.
        # TYPE supervisord_process_fatal_total counter
        supervisord_process_fatal_total{name="a",group="g"} 1
        supervisord_process_fatal_total{name="job",group="job"} 0
        # HELP supervisord_process_backoff_total How often a start of the process has failed.
        # TYPE supervisord_process_backoff_total counter
        supervisord_process_backoff_total{name="a",group="g"} 1
        supervisord_process_backoff_total{name="job",group="job"} 0
        # HELP supervisord_process_ready_seconds The seconds from the latest start of the process until it was ready.
        # TYPE supervisord_process_ready_seconds gauge
        supervisord_process_ready_seconds{name="a",group="g"} 1.163
        # HELP supervisord_startup_seconds The seconds that the latest ordered startup took.
        # TYPE supervisord_startup_seconds gauge
        supervisord_startup_seconds 83.000
        # HELP supervisord_events_lost_total How many events of supervisord's were lost, and are not counted here.
        # TYPE supervisord_events_lost_total counter
        supervisord_events_lost_total 12

        """

    private func readBack(_ bytes: [UInt8]) throws -> SupervisorMetrics {
        try MetricsReader.read(bytes, writtenAt: Timestamp(seconds: 100))
    }

    private static func text(_ metrics: SupervisorMetrics, isLast: Bool = false) -> String {
        String(decoding: metrics.text(isLast: isLast), as: UTF8.self)
    }

    @Test func everyMetricHasItsHelpItsTypeAndItsSamples() {
        #expect(Self.text(Self.metrics()) == Self.state + Self.counted)
    }

    @Test func theLastTextDoesNotTellHowProcessesAre() {
        #expect(Self.text(Self.metrics(), isLast: true) == Self.counted)
    }

    @Test func ofAProcessThatWasOnlyCountedNothingElseIsTold() throws {
        let metrics = try readBack(Self.metrics().text())
        #expect(Self.text(metrics, isLast: true) == Self.counted)
        #expect(!Self.text(metrics).contains("\nnode_"))
    }

    private static let names: [(String, String)] = [
        ("a b", "a b"), (#"a"b"#, #"a\"b"#), (#"a\b"#, #"a\\b"#), ("a\nb", #"a\nb"#), (#"a\nb"#, #"a\\nb"#),
        ("é,}{=", "é,}{="),
        ("a\u{1B}\t\r\u{202E}", "a\u{1B}\t\r\u{202E}"), (#"\"#, #"\\"#), ("", ""), ("#", "#"),
    ]

    @Test(arguments: names)
    func namesAreEscapedAsTheFormatAsks(name: String, escaped: String) throws {
        let process = ProcessName(group: "g\(name)", process: name)
        let metrics = Self.metrics(process)
        let text = Self.text(metrics)
        #expect(text.contains("\nnode_supervisord_up{name=\"\(escaped)\",group=\"g\(escaped)\"} 1\n"), "\(text)")
        let read = try readBack(metrics.text())
        #expect(read.processes[process]?.restarts == 1)
        #expect(read.text(isLast: true) == metrics.text(isLast: true))
    }

    @Test func everyBeginningOfTheTextIsMalformed() throws {
        let text = Self.metrics().text()
        for length in 0..<text.count {
            #expect(throws: MalformedMetricsError.self) { try readBack(Array(text[..<length])) }
        }
        #expect(try readBack(text).lostEvents == 12)
    }

    private static let end = "supervisord_events_lost_total 1\n"
    private static let malformed: [(text: String, line: Int)] = [
        ("", 1), ("\n", 1), ("# HELP x\n", 2), ("hello\n\(end)", 1), ("up 1\n\(end)", 1),
        ("supervisord_events_lost_total\n", 1), ("supervisord_events_lost_total \n", 1),
        ("supervisord_events_lost_total -1\n", 2), ("supervisord_events_lost_total 1e3\n", 2),
        ("supervisord_events_lost_total 99999999999999999999\n", 2),
        ("\(end)supervisord_process_fatal_total 1\n", 2),
        (#"supervisord_process_fatal_total{name="a"} 1"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a} 1"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a\"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a" 1"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a"}1"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a"} x"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name="a",group="a"} 1 1395066363000"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{name=a,group=a} 1"# + "\n\(end)", 1),
        (#"supervisord_process_fatal_total{"# + "\n\(end)", 1),
        (#"supervisord_process_exits_total{name="a",group="a"} 1"# + "\n\(end)", 1),
        (#"supervisord_process_exits_total{name="a",group="a",expected="maybe"} 1"# + "\n\(end)", 1),
        (#"supervisord_process_ready_seconds{name="a",group="a"} 1"# + "\n\(end)", 1),
        (#"supervisord_process_ready_seconds{name="a",group="a"} 1.5"# + "\n\(end)", 1),
        (#"supervisord_process_ready_seconds{name="a",group="a"} -1.500"# + "\n\(end)", 1),
        (#"supervisord_process_ready_seconds{name="a",group="a"} 1.-50"# + "\n\(end)", 1),
        (#"supervisord_process_ready_seconds{name="a",group="a"} 9223372036854775807.000"# + "\n\(end)", 1),
    ]

    @Test(arguments: malformed)
    func whatIsNotSuchATextIsMalformed(text: String, line: Int) {
        #expect(throws: MalformedMetricsError(line: line)) { try readBack(Array(text.utf8)) }
    }

    @Test func labelsMayStandInAnyOrder() throws {
        let text = "supervisord_process_fatal_total{group=\"g\",name=\"a\"} 3\n\(Self.end)"
        #expect(try readBack(Array(text.utf8)).processes[ProcessName(group: "g", process: "a")]?.fatal == 3)
    }

    @Test func noBytesAreTooStrangeToBeRead() {
        var generator = SystemRandomNumberGenerator()
        let text = Self.metrics().text()
        for _ in 0..<2000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            if let read = try? readBack(bytes) {
                #expect((try? readBack(read.text())) != nil)
            }
        }
    }
}
