import Foundation
import ListenerKit
import ListenerTesting
import Synchronization
import Testing

@testable import Handlers

/// What handlers learn and decide, as lines of the log.
@Suite struct JournalRecordTests {
    private static let web = ProcessName(group: "web", process: "web_0")

    private static let decision = JournalEntry(.decision, process: web, message: "starts \"web:web_0\"") { json in
        json.object { json in
            json.key("command")
            json.string("start\n")
        }
    }

    private static func line(_ entry: JournalEntry, _ format: LogFormat) -> String {
        var line: [UInt8] = []
        var formatter = LineFormatter(format)
        formatter.append(JournalRecord(entry), to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    private static var host: String { currentHostName() }

    @Test func theDetailsComeLast() {
        #expect(
            Self.line(Self.decision, .json)
                == #"{"time":"\#(Self.decision.time)","level":"debug","event":"LISTENERD_DECISION","process":"web_0","#
                + #""group":"web","host":"\#(Self.host)","message":"starts \"web:web_0\"","#
                + #""details":{"command":"start\n"}}"# + "\n"
        )
        #expect(
            Self.line(Self.decision, .logfmt)
                == "time=\(Self.decision.time) level=debug event=LISTENERD_DECISION process=web_0 group=web "
                + #"host=\#(Self.host) message="starts \"web:web_0\"" details="{\"command\":\"start\\n\"}""# + "\n"
        )
    }

    @Test func aFactNeedsNoDetails() {
        let entry = JournalEntry(.ready, process: Self.web, seconds: 1.25)
        #expect(
            Self.line(entry, .json)
                == #"{"time":"\#(entry.time)","level":"info","event":"LISTENERD_READY","process":"web_0","#
                + #""group":"web","uptime":1.250,"host":"\#(Self.host)"}"# + "\n"
        )
    }

    /// The events of the lines in a log that was given two entries and a snapshot.
    private static func events(_ arguments: String...) async throws -> [String] {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let test = try TestContext(for: EventLog.self, arguments: ["--log-file=\(path)"] + arguments)
        let log = try EventLog(test.context)
        log.handle(Snapshot(processes: [ProcessInformation(name: web, state: .running)], reason: .start))
        test.context.journal.record(decision)
        test.context.journal.record(JournalEntry(.ready, process: web))
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        return text.matches(of: /event"?[:=]"?([A-Z_]+)/).map { String($0.1) }
    }

    @Test func aJSONLogHasEverything() async throws {
        let all = ["LISTENERD_SNAPSHOT", "LISTENERD_DECISION", "LISTENERD_READY"]
        #expect(try await Self.events("--log-format=json") == all)
        #expect(try await Self.events("--log-format=logfmt") == ["LISTENERD_READY"])
        #expect(try await Self.events("--log-format=text") == [])
    }

    @Test func aLogOfChosenEventsHasNoDetails() async throws {
        #expect(try await Self.events("--log-format=json", "--log-events=PROCESS_STATE") == ["LISTENERD_READY"])
    }

    @Test func aSnapshotIsALineWithAllProcesses() throws {
        let running = ProcessInformation(
            name: Self.web,
            state: .running,
            startTime: Timestamp(seconds: 100),
            pid: 7
        )
        let failed = ProcessInformation(
            name: ProcessName(group: "cat", process: "cat"),
            state: .fatal,
            stopTime: Timestamp(seconds: 90),
            exitStatus: 3,
            spawnError: "can't"
        )
        let entry = JournalEntry(Snapshot(processes: [running, failed], reason: .lostEvents(count: 4)), number: 2)
        #expect(
            String(decoding: entry.details, as: UTF8.self)
                == #"{"number":2,"reason":"lost events","lost":4,"processes":["#
                + #"{"process":"web_0","group":"web","state":"RUNNING","pid":7,"start":100,"exitstatus":0},"#
                + #"{"process":"cat","group":"cat","state":"FATAL","stop":90,"#
                + #""exitstatus":3,"spawnerr":"can't"}]}"#
        )
    }
}
