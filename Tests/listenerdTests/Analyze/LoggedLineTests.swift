import ListenerKit
import Testing

@testable import listenerd

@Suite struct LoggedLineTests {
    private static func read(_ text: String) throws -> LoggedLine? {
        LoggedLine(try JSONValue(Array(text.utf8)[...]))
    }

    private static let start = #"{"time":"2026-11-28T13:00:00.123Z","level":"info","event":"#
    private static let numbers = #""server":"s","pool":"p","serial":4,"poolserial":3"#
    private static let web = #""process":"web_0","group":"web""#

    @Test(
        arguments: [
            (#""STARTING",N,W,"from":"BACKOFF","tries":2"#, .backoff, .starting(tries: 2)),
            (#""RUNNING",N,W,"from":"STARTING","pid":7"#, .starting, .running(pid: 7)),
            (#""BACKOFF",N,W,"from":"STARTING","tries":1,"spawnerr":"x""#, .starting, .backoff(tries: 1)),
            (#""STOPPING",N,W,"from":"RUNNING","pid":7"#, .running, .stopping(pid: 7)),
            (#""EXITED",N,W,"from":"RUNNING","pid":7,"expected":true"#, .running, .exited(expected: true, pid: 7)),
            (#""STOPPED",N,W,"from":"STOPPING","pid":7"#, .stopping, .stopped(pid: 7)),
            (#""FATAL",N,W,"from":"BACKOFF""#, .backoff, .fatal),
            (#""UNKNOWN",N,W,"from":"RUNNING""#, .running, .unknown),
        ] as [(String, ProcessState, ProcessStateEvent.Transition)]
    )
    func aChangeOfStateIsMadeAnew(text: String, previous: ProcessState, transition: ProcessStateEvent.Transition) throws
    {
        let members = text.dropFirst().replacing(",N", with: ",\(Self.numbers)").replacing(",W", with: ",\(Self.web)")
        let line = try #require(try Self.read("\(Self.start)\"PROCESS_STATE_\(members)}"))
        guard case .event(.processState(let event)) = line.content else {
            Issue.record("\(line.content)")
            return
        }
        #expect(event.process == ProcessName(group: "web", process: "web_0"))
        #expect(event.previous == previous)
        #expect(event.transition == transition)
        #expect((event.header.serial, event.header.poolSerial) == (4, 3))
        #expect(event.header.pool == "p")
        #expect(event.header.time == line.time)
        #expect(line.time == Timestamp(nanoseconds: 1_795_870_800_123_000_000))
    }

    @Test(arguments: [
        (#""PROCESS_GROUP_ADDED",N,"group":"web""#, "processGroup"),
        (#""SUPERVISOR_STATE_CHANGE_STOPPING",N"#, "supervisorState"),
        (#""TICK_5",N,"when":1795870800"#, "other"),
        (#""PROCESS_STATE_RUNNING",N,W,"from":"NONSENSE","pid":7"#, "other"),
        (#""NEWS_OF_ANOTHER_VERSION",N,"data":"x""#, "other"),
    ])
    func otherEventsAreMadeAnewToo(text: String, kind: String) throws {
        let members = text.replacing(",N", with: ",\(Self.numbers)").replacing(",W", with: ",\(Self.web)")
        let line = try #require(try Self.read(Self.start + members + "}"))
        guard case .event(let event) = line.content else {
            Issue.record("\(line.content)")
            return
        }
        #expect("\(event)".hasPrefix(kind))
    }

    @Test func whatListenerdSaysIsToldFromEvents() throws {
        let entry = try #require(
            try Self.read(Self.start + #""LISTENERD_READY","process":"a","group":"a","details":{"x":1}}"#)
        )
        guard case .entry(.ready) = entry.content else {
            Issue.record("\(entry.content)")
            return
        }
        #expect(entry.process?.description == "a")
        #expect(entry.details?["x"]?.integer == 1)
        let message = try #require(try Self.read(Self.start + #""LISTENERD","message":"x"}"#))
        guard case .message = message.content else {
            Issue.record("\(message.content)")
            return
        }
        let output = try #require(
            try Self.read(Self.start + #""PROCESS_LOG_STDOUT","process":"a","group":"a","message":"x"}"#)
        )
        guard case .other = output.content else {
            Issue.record("\(output.content)")
            return
        }
    }

    @Test(arguments: ["{}", "[]", "1", #"{"event":"LISTENERD"}"#, #"{"time":"now","event":"LISTENERD"}"#])
    func anythingElseIsNoLine(text: String) throws {
        #expect(try Self.read(text) == nil)
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2000-02-29T12:34:56.789Z", 951_827_696_789_000_000),
            ("2026-12-31T23:59:59.999Z", 1_798_761_599_999_000_000),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000_000_000),
        ] as [(String, Int64)]
    )
    func aTimeIsReadAsItIsWritten(text: String, nanoseconds: Int64) {
        #expect(Timestamp(utc: text) == Timestamp(nanoseconds: nanoseconds))
        #expect(Timestamp(nanoseconds: nanoseconds).description == text)
    }

    @Test(
        arguments: [
            ("2026-11-28T13:00:00Z", 1_795_870_800_000_000_000),
            ("2026-11-28T13:00:00.1Z", 1_795_870_800_100_000_000),
            ("2026-11-28T13:00:00.1234567891Z", 1_795_870_800_123_456_789),
            ("", nil), ("2026-11-28", nil), ("2026-11-28T13:00:00", nil), ("2026-11-28T13:00:00+01:00", nil),
            ("2026-13-28T13:00:00Z", nil), ("2026-11-28T24:00:00Z", nil), ("2026-11-28 13:00:00Z", nil),
            ("2026-11-28T13:00:00.Z", nil), ("2026-11-28T13:00:00.-1Z", nil), ("9999-11-28T13:00:00Z", nil),
            ("-026-11-28T13:00:00Z", nil), ("2026-11-28T13:00:00.éZ", nil),
        ] as [(String, Int64?)]
    )
    func otherFormsOfATimeAreReadIfTheyAreClear(text: String, nanoseconds: Int64?) {
        #expect(Timestamp(utc: text) == nanoseconds.map { Timestamp(nanoseconds: $0) })
    }
}
