import Handlers
import ListenerKit
import Testing

@testable import listenerd

/// What `listenerd status` shows of processes with gates.
@Suite struct StatusGateTests {
    private static let configuration = """
        [supervisord]
        [program:db]
        command=x
        ready=tcp://127.0.0.1:5432
          log:listening on
        [program:web]
        command=x
        autostart=false
        startafter=db
        [program:after]
        command=x
        autostart=false
        startafter=db:started web
        [eventlistener:order]
        command=listenerd --ordered-startup
        events=PROCESS_STATE,PROCESS_LOG

        """
    private static let refused = GateReport.GateStatus(
        text: "tcp://127.0.0.1:5432",
        hasPassed: false,
        attempts: 12,
        lastAnswer: "connection refused"
    )
    private static let unseen = GateReport.GateStatus(
        text: "log:listening on",
        hasPassed: false,
        attempts: 0,
        lastAnswer: nil
    )
    private static let passed = GateReport.GateStatus(
        text: "log:listening on",
        hasPassed: true,
        attempts: 0,
        lastAnswer: nil
    )
    private static let shut = "tcp://127.0.0.1:5432 (connection refused, tried 12 times)"

    private func report(
        _ gates: GateAnswer,
        db: ProcessState = .running,
        listener: ProcessState = .running,
        configuration: String = configuration
    ) throws -> StatusReport {
        let processes: [(String, ProcessState)] = [
            ("db", db), ("order", listener), ("web", .stopped), ("after", .stopped),
        ]
        return StatusReport(try StatusFacts(configuration, processes, gates))
    }

    @Test func gatesThatHaveNotPassedAreShownWithThoseThatWait() throws {
        let report = try report(.report(GateReport("db", pid: 100, Self.refused, Self.passed)))
        #expect(
            report.lines.map { $0.remark } == [
                "not ready: \(Self.shut)", "", "waits for db to be running: \(Self.shut)",
                "waits for web to be running",
            ]
        )
        #expect(report.lines.map { $0.isUp } == [false, true, false, false])
        #expect(report.lines.map { $0.isReady } == [false, true, false, false])
        #expect(report.lines.map { $0.waits } == [["tcp://127.0.0.1:5432"], [], ["db running"], ["web running"]])
    }

    private static let tables: [(GateReport, ProcessState, String, Bool?)] = [
        (GateReport("db", pid: 100, isReady: true, refused, passed), .running, "ready", true),
        (GateReport("db", pid: 100, isReady: true, says: "3 users", passed), .running, "ready; 3 users", true),
        (
            GateReport("db", pid: 100, says: "replaying", refused, unseen), .running,
            "not ready: \(shut); log:listening on (no such line yet); replaying", false
        ),
        (GateReport("db", pid: 100, failure: "not ready 30 s after", unseen), .running, "not ready 30 s after", false),
        (
            GateReport("db", pid: 100, passed), .running,
            "not ready: the listener has not heard yet that it is RUNNING", false
        ),
        (
            GateReport("db", pid: 99, isReady: true, passed), .running,
            "ready? the listener order has not heard yet of its last start", nil
        ),
        (
            GateReport("db", isReady: true, passed), .running,
            "ready? the listener order has not heard yet of its last start", nil
        ),
        (
            GateReport("db", failure: "not ready 30 s after", unseen), .running,
            "ready? the listener order has not heard yet of its last start", nil
        ),
        (GateReport("db", refused, unseen), .running, "not ready: \(shut); log:listening on (no such line yet)", false),
        (GateReport("other"), .running, "ready? the listener order has not heard yet of its gates", nil),
        (GateReport("db", pid: 100, refused), .starting, "not ready: \(shut)", false),
        (GateReport("db", pid: 100, passed), .starting, "", false),
        (GateReport("other"), .starting, "", false),
        (GateReport("db", refused), .backoff, "", false),
        (GateReport("db", refused), .stopping, "", false),
    ]

    @Test(arguments: tables)
    func theRemarkSaysWhetherAProcessIsReady(
        report: GateReport,
        state: ProcessState,
        remark: String,
        isReady: Bool?
    )
        throws
    {
        let line = try self.report(.report(report), db: state).lines[0]
        #expect(line.remark == remark)
        #expect(line.isReady == isReady)
        #expect(line.isUp == (isReady == true))
    }

    @Test(
        arguments: [
            (.running, "does not answer in time", "the listener order does not answer in time"),
            (.starting, "does not hear questions", "the listener order does not hear questions"),
            (.fatal, "does not hear questions", "the listener order is FATAL"),
        ] as [(ProcessState, String, String)]
    )
    func withoutAnAnswerNothingWithGatesIsUp(listener: ProcessState, reason: String, problem: String) throws {
        let report = try report(.unknown(reason), listener: listener)
        #expect(report.lines[0].remark == "ready? \(problem)")
        #expect(report.lines[0].isReady == nil)
        #expect(!report.lines[0].isUp)
        #expect(report.lines[2].remark == "waits for db to be running: \(problem)")
    }

    @Test func withoutAListenerThatStartsInOrderThatIsSaid() throws {
        let configuration = String(Self.configuration.split(separator: "[eventlistener")[0])
        let report = try report(.unknown("does not hear questions"), configuration: configuration)
        #expect(report.lines[0].remark == "ready? the configuration has no listener with --ordered-startup")
    }

    @Test func aParentThatIsReadyHoldsNobodyUp() throws {
        let report = try report(.report(GateReport("db", pid: 100, isReady: true, Self.passed)))
        #expect(report.lines[2].remark.hasPrefix("waits for no other program"))
        #expect(report.lines[3].remark == "waits for web to be running")
    }

    @Test func ofAParentWithSeveralProcessesThoseThatAreNotReadyAreNamed() throws {
        let configuration = """
            [supervisord]
            [program:w]
            command=x
            numprocs=2
            process_name=%(process_num)d
            ready=file:///run/%(process_num)d
            [program:web]
            command=x
            autostart=false
            startafter=w

            """
        let gates = (0...1).map { number in
            GateReport.Process(
                name: ProcessName(group: "w", process: "\(number)"),
                pid: 100 + number,
                isReady: number == 0,
                failure: nil,
                statusText: nil,
                gates: [
                    .init(
                        text: "file:///run/\(number)",
                        hasPassed: number == 0,
                        attempts: 1,
                        lastAnswer: "no such file"
                    )
                ]
            )
        }
        let processes: [(String, ProcessState)] = [("w:0", .running), ("w:1", .running), ("web", .stopped)]
        let facts = try StatusFacts(configuration, processes, .report(GateReport(processes: gates)))
        let words = "waits for w to be running: w:1: file:///run/1 (no such file, tried once)"
        #expect(StatusReport(facts).lines[2].remark == words)
    }

    @Test func countsDoNotMakeADifference() throws {
        func facts(attempts: Int, now: Int) throws -> StatusFacts {
            let gate = GateReport.GateStatus(text: "tcp://a:1", hasPassed: false, attempts: attempts, lastAnswer: "no")
            let facts = try StatusFacts(Self.configuration, [("db", .running)], .report(GateReport("db", gate)))
            var processes = facts.processes
            processes[0].now = Timestamp(seconds: now)
            return StatusFacts(loaded: facts.loaded, processes: processes, gates: facts.gates)
        }
        let (one, other) = (try facts(attempts: 1, now: 1), try facts(attempts: 2, now: 2))
        #expect(StatusReport(one).text != StatusReport(other).text)
        #expect(StatusReport(one.withoutCounts).text == StatusReport(other.withoutCounts).text)
    }

    @Test func asJSONEachProcessHasTheSameKeysAndItsGates() throws {
        let report = try report(.report(GateReport("db", pid: 100, Self.refused, Self.passed)))
        let text = String(decoding: StatusJSON(report).text, as: UTF8.self)
        let since = Timestamp(seconds: 1_795_000_000)
        #expect(
            text == """
                {"up":false,"processes":[
                {"name":"db","state":"RUNNING","pid":100,"since":"\(since)","ready":false,\
                "waits_for":["tcp://127.0.0.1:5432"],"note":"not ready: \(Self.shut)","gates":[{"gate":"tcp://127.0.0.1:5432",\
                "passed":false,"attempts":12,"last_answer":"connection refused"},\
                {"gate":"log:listening on","passed":true,"attempts":0,"last_answer":null}]},
                {"name":"order","state":"RUNNING","pid":101,"since":"\(since)","ready":true,"waits_for":[],"note":null},
                {"name":"web","state":"STOPPED","pid":null,"since":null,"ready":false,"waits_for":["db running"],\
                "note":"waits for db to be running: \(Self.shut)"},
                {"name":"after","state":"STOPPED","pid":null,"since":null,"ready":false,"waits_for":["web running"],\
                "note":"waits for web to be running"}]}

                """
        )
        let line = StatusJSON(report).line
        #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
        #expect(line.filter { $0 != UInt8(ascii: "\n") } == StatusJSON(report).text.filter { $0 != UInt8(ascii: "\n") })
    }

    @Test func asJSONWhatIsNotKnownIsNull() throws {
        let report = try report(.unknown("does not answer in time"))
        let text = String(decoding: StatusJSON(report).line, as: UTF8.self)
        let words = #""ready":null,"waits_for":[],"note":"ready? the listener order does not answer in time"}"#
        #expect(text.contains(words), "\(text)")
        #expect(
            String(decoding: StatusJSON(problem: "gone").line, as: UTF8.self)
                == "{\"up\":false,\"processes\":[],\"note\":\"gone\"}\n"
        )
    }
}
