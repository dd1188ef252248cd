import Foundation
import ListenerKit
import Testing

@testable import Handlers

@Suite struct LogRecordTests {
    private static let web = ProcessName(group: "web", process: "web_0")
    private static let cat = ProcessName(group: "cat", process: "cat")

    private static func header(_ name: String) -> EventHeader {
        EventHeader(
            name: name,
            server: "supervisor",
            serial: 21,
            pool: "listenerd",
            poolSerial: 10,
            time: Timestamp(nanoseconds: 1_795_239_000_123_456_789)
        )
    }

    private static func change(
        _ process: ProcessName,
        from previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> Event {
        let header = header("PROCESS_STATE_\(transition.state)")
        return .processState(
            ProcessStateEvent(header: header, process: process, previous: previous, transition: transition)
        )
    }

    private static func record(
        _ event: Event,
        status: Int? = nil,
        spawnError: String? = nil,
        uptime: Double? = nil
    ) -> LogRecord {
        var record = LogRecord(event)
        record.exitStatus = status
        record.spawnError = spawnError
        record.uptime = uptime
        return record
    }

    private static func line(_ record: LogRecord, _ format: LogFormat) -> String {
        var line: [UInt8] = []
        var formatter = LineFormatter(format)
        formatter.append(record, to: &line)
        #expect(line.last == UInt8(ascii: "\n"))
        return String(decoding: line.dropLast(), as: UTF8.self)
    }

    private static func text(_ record: LogRecord) -> String { line(record, .text) }
    private static func json(_ record: LogRecord) -> String { line(record, .json) }
    private static func logfmt(_ record: LogRecord) -> String { line(record, .logfmt) }

    private static let host = currentHostName()

    private static let exit = record(
        change(web, from: .running, .exited(expected: false, pid: 4711)),
        status: 1,
        uptime: 3.2
    )

    static let lines: [(LogRecord, String)] = [
        (exit, "web:web_0 RUNNING → EXITED unexpected status=1 pid=4711 after 3.2s"),
        (record(change(cat, from: .running, .exited(expected: true, pid: 5))), "cat RUNNING → EXITED expected pid=5"),
        (record(change(cat, from: .stopped, .starting(tries: 0))), "cat STOPPED → STARTING"),
        (record(change(cat, from: .backoff, .starting(tries: 2))), "cat BACKOFF → STARTING tries=2"),
        (
            record(change(cat, from: .starting, .running(pid: 7)), uptime: 1.04),
            "cat STARTING → RUNNING pid=7 after 1.0s"
        ),
        (
            record(change(cat, from: .starting, .backoff(tries: 1)), spawnError: "Exited too quickly"),
            "cat STARTING → BACKOFF tries=1: Exited too quickly"
        ),
        (record(change(cat, from: .running, .stopping(pid: 7))), "cat RUNNING → STOPPING pid=7"),
        (record(change(cat, from: .stopping, .stopped(pid: 7))), "cat STOPPING → STOPPED pid=7"),
        (record(change(cat, from: .backoff, .fatal), spawnError: "no\nway"), "cat BACKOFF → FATAL: no\\nway"),
        (record(change(cat, from: .unknown, .unknown)), "cat UNKNOWN → UNKNOWN"),
        (
            record(
                .processLog(
                    ProcessLogEvent(
                        header: header("PROCESS_LOG_STDOUT"),
                        process: web,
                        pid: 9,
                        channel: .stdout,
                        data: "one\ntwo\u{1b}[0m\n"
                    )
                )
            ),
            "PROCESS_LOG_STDOUT web:web_0 pid=9: one\\ntwo\\u001b[0m\\n"
        ),
        (
            record(
                .remoteCommunication(
                    RemoteCommunicationEvent(header: header("REMOTE_COMMUNICATION"), type: "t:x", data: "{}")
                )
            ),
            "REMOTE_COMMUNICATION type=t:x: {}"
        ),
        (
            record(
                .supervisorState(
                    SupervisorStateEvent(header: header("SUPERVISOR_STATE_CHANGE_RUNNING"), state: .running)
                )
            ),
            "SUPERVISOR_STATE_CHANGE_RUNNING"
        ),
        (
            record(
                .tick(
                    TickEvent(header: header("TICK_5"), period: .fiveSeconds, when: Timestamp(seconds: 1_795_239_000))
                )
            ),
            "TICK_5 when=1795239000"
        ),
        (
            record(
                .processGroup(ProcessGroupEvent(header: header("PROCESS_GROUP_ADDED"), group: "web", change: .added))
            ),
            "PROCESS_GROUP_ADDED web"
        ),
        (record(.other(OtherEvent(header: header("NEW_THING"), payload: "a b"))), "NEW_THING: a b"),
    ]

    @Test(arguments: lines.indices)
    func textIsOneLineForPeople(index: Int) {
        let (record, line) = Self.lines[index]
        #expect(Self.text(record) == "2026-11-21T05:30:00.123Z " + line)
    }

    @Test func jsonHasItsKeysInOneOrder() {
        #expect(
            Self.json(Self.exit)
                == #"{"time":"2026-11-21T05:30:00.123Z","level":"error","event":"PROCESS_STATE_EXITED","#
                + #""server":"supervisor","pool":"listenerd","serial":21,"poolserial":10,"process":"web_0","#
                + #""group":"web","from":"RUNNING","pid":4711,"expected":false,"exitstatus":1,"uptime":3.200,"#
                + #""host":"\#(Self.host)","#
                + #""message":"web:web_0 RUNNING → EXITED unexpected status=1 pid=4711 after 3.2s"}"#
        )
    }

    @Test func jsonLeavesOutWhatIsNotKnown() {
        #expect(
            Self.json(Self.record(Self.change(Self.cat, from: .stopped, .starting(tries: 3)))).hasSuffix(
                #""process":"cat","group":"cat","from":"STOPPED","tries":3,"host":"\#(Self.host)","#
                    + #""message":"cat STOPPED → STARTING tries=3"}"#
            )
        )
    }

    @Test func missingHeaderFieldsAreOmitted() {
        let header = EventHeader(
            name: "X",
            server: "",
            serial: EventHeader.unnumbered,
            pool: "",
            poolSerial: EventHeader.unnumbered
        )
        let record = LogRecord(.other(OtherEvent(header: header, payload: "a")))
        #expect(
            Self.json(record)
                == #"{"time":"1970-01-01T00:00:00.000Z","level":"info","event":"X","data":"a","host":"\#(Self.host)","#
                + #""message":"X: a"}"#
        )
        #expect(
            Self.logfmt(record)
                == "time=1970-01-01T00:00:00.000Z level=info event=X data=a host=\(Self.host) message=\"X: a\""
        )
    }

    @Test(arguments: [
        ("plain", #""plain""#), ("say \"hi\" \\ bye", #""say \"hi\" \\ bye""#), ("a\nb\tc\r", #""a\nb\tc\r""#),
        ("\u{0}\u{1f}\u{7f}\u{85}\u{2028}", #""\u0000\u001f\u007f\u0085\u2028""#), ("é→😀", #""é→😀""#), ("", #""""#),
    ])
    func jsonEscapesWhatCouldForgeALine(data: String, literal: String) {
        let event = Event.other(OtherEvent(header: Self.header("X"), payload: data))
        #expect(Self.json(LogRecord(event)).contains(#","data":\#(literal),"host":"#))
    }

    @Test func logfmtHasTheSameKeysAndQuotesWhereItMust() {
        #expect(
            Self.logfmt(Self.exit) == "time=2026-11-21T05:30:00.123Z level=error event=PROCESS_STATE_EXITED "
                + "server=supervisor pool=listenerd serial=21 poolserial=10 process=web_0 group=web from=RUNNING "
                + "pid=4711 expected=false exitstatus=1 uptime=3.200 host=\(Self.host) "
                + "message=\"web:web_0 RUNNING → EXITED unexpected status=1 pid=4711 after 3.2s\""
        )
        let event = Event.other(OtherEvent(header: Self.header("X"), payload: "a=b \"c\"\n"))
        #expect(Self.logfmt(LogRecord(event)).contains(#" data="a=b \"c\"\n" host="#))
    }

    static let levels: [(ProcessStateEvent.Transition, LogLevel)] = [
        (.starting(tries: 1), .info), (.running(pid: 1), .info), (.stopping(pid: 1), .info), (.stopped(pid: 1), .info),
        (.exited(expected: true, pid: 1), .info), (.unknown, .info), (.backoff(tries: 1), .warning),
        (.exited(expected: false, pid: 1), .error), (.fatal, .error),
    ]

    @Test(arguments: levels.indices)
    func aLevelSaysWhetherSomethingIsWrong(index: Int) {
        let (transition, level) = Self.levels[index]
        #expect(LogRecord(Self.change(Self.cat, from: .running, transition)).level == level)
    }

    @Test(arguments: lines.indices)
    func theMessageIsTheTextLineWithoutItsTime(index: Int) throws {
        let (record, line) = Self.lines[index]
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.json(record).utf8)) as? [String: Any]
        )
        #expect(object["message"] as? String == line)
    }
}
