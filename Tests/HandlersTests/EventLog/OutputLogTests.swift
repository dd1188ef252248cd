import Foundation
import ListenerKit
import ListenerTesting
import Testing

@testable import Handlers

/// Output of programs, as lines of the log.
@Suite struct OutputLogTests {
    private static let web = ProcessName(group: "web", process: "web_0")
    private static let cat = ProcessName(group: "cat", process: "cat")
    private static let time = "1970-01-01T00:00:01.500Z"

    private static func header(_ name: String, _ serial: Int) -> EventHeader {
        EventHeader(name: name, serial: serial, poolSerial: serial, time: Timestamp(nanoseconds: 1_500_000_000))
    }

    private static func output(
        _ data: String,
        _ process: ProcessName = web,
        _ channel: OutputChannel = .stdout,
        pid: Int = 7,
        serial: Int = EventHeader.unnumbered
    ) -> Event {
        let name = channel == .stdout ? "PROCESS_LOG_STDOUT" : "PROCESS_LOG_STDERR"
        let header = header(name, serial)
        return .processLog(
            ProcessLogEvent(header: header, process: process, pid: pid, channel: channel, data: data)
        )
    }

    private static func change(_ transition: ProcessStateEvent.Transition, of process: ProcessName = web) -> Event {
        .processState(
            ProcessStateEvent(
                header: header("PROCESS_STATE_\(transition.state)", EventHeader.unnumbered),
                process: process,
                previous: .running,
                transition: transition
            )
        )
    }

    /// What a log of some events has in its file once the listener has ended.
    private static func text(_ arguments: String..., events: Event...) async throws -> String {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let test = try TestContext(
            for: EventLog.self,
            arguments: ["--log-output", "--log-file=\(path)"] + arguments
        )
        var log: EventLog? = try EventLog(test.context)
        for event in events {
            await log?.handle(event)
        }
        log = nil
        #expect(test.messages == [])
        return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// The text lines of some output of one process, without what they begin with.
    private static func lines(_ pieces: String...) async throws -> [String] {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let test = try TestContext(for: EventLog.self, arguments: ["--log-output", "--log-file=\(path)"])
        var log: EventLog? = try EventLog(test.context)
        for piece in pieces {
            await log?.handle(output(piece))
        }
        log = nil
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        #expect(lines.last == "")
        let beginning = "\(time) web:web_0 | "
        #expect(lines.dropLast().allSatisfy { $0.hasPrefix(beginning) })
        return lines.dropLast().map { String($0.dropFirst(beginning.count)) }
    }

    @Test func linesAreWholeWhateverThePiecesAre() async throws {
        let text = try await Self.text(
            events: Self.output("one\ntw"),
            Self.output("err", Self.web, .stderr),
            Self.output("cat\n", Self.cat),
            Self.output("o\nthree\n"),
            Self.output("or\n", Self.web, .stderr)
        )
        #expect(
            text == """
                \(Self.time) web:web_0 | one
                \(Self.time) cat | cat
                \(Self.time) web:web_0 | two
                \(Self.time) web:web_0 | three
                \(Self.time) web:web_0 ! error

                """
        )
    }

    @Test func noProgramForgesALine() async throws {
        #expect(
            try await Self.lines("a\u{1B}[31mred\u{7F}\u{0}\n", "\u{202E}evil\u{2028}x\u{85}\n", "tab\there \\n\n")
                == ["a\\u001b[31mred\\u007f\\u0000", "\\u202eevil\\u2028x\\u0085", "tab\\there \\n"]
        )
    }

    @Test func emptyLinesAreKeptAndProgressBarsAreLines() async throws {
        #expect(try await Self.lines("\n\na\r\n\r", "\n10 %\r20 %\r\n") == ["", "", "a", "", "10 %", "20 %"])
    }

    @Test func bytesThatAreNoCharactersCanBeSeen() async throws {
        #expect(try await Self.lines(#"Undecodable: b'caf\xc3'"#, #"Undecodable: b'\xa9 \xff\n'"#) == [#"café \xff"#])
    }

    @Test func aLineThatIsTooLongIsContinued() async throws {
        let lines = try await Self.lines(String(repeating: "é", count: 200_000) + "\n", "next\n")
        #expect(lines.count == 8)
        #expect(lines.dropLast(2).allSatisfy { $0 == String(repeating: "é", count: 32768) + "…" })
        #expect(lines[6] == String(repeating: "é", count: 200_000 - 6 * 32768))
        #expect(lines[7] == "next")
    }

    @Test func theLastLineComesBeforeTheEndOfItsProcess() async throws {
        let text = try await Self.text(
            events: Self.output("bye"),
            Self.output("oh", Self.web, .stderr),
            Self.output("still here", Self.cat),
            Self.change(.exited(expected: true, pid: 7)),
            Self.output("new", pid: 8),
            Self.output("er\n", pid: 9)
        )
        #expect(
            text == """
                \(Self.time) web:web_0 | bye
                \(Self.time) web:web_0 ! oh
                \(Self.time) web:web_0 RUNNING → EXITED expected pid=7
                \(Self.time) web:web_0 | new
                \(Self.time) web:web_0 | er

                """ + text.suffix(from: try #require(text.range(of: "er\n")).upperBound)
        )
        #expect(text.hasSuffix(" cat | still here\n"))
    }

    @Test func processesThatAreGoneAreForgotten() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/events.log"
        let test = try TestContext(for: EventLog.self, arguments: ["--log-output", "--log-file=\(path)"])
        let log = try EventLog(test.context)
        await log.handle(Self.output("gone"))
        await log.handle(Self.output("here", Self.cat))
        log.handle(Snapshot(processes: [ProcessInformation(name: Self.cat, state: .running)], reason: .request))
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        #expect(text.hasSuffix("Z web:web_0 | gone\n") && !text.contains("here"))
    }

    @Test func halvesOfTwoLinesDoNotBecomeOne() async throws {
        let text = try await Self.text(
            events: Self.output("hel", serial: 1),
            Self.output("rld\n", serial: 5),
            Self.output("next\n", serial: 6)
        )
        #expect(
            text == """
                \(Self.time) web:web_0 | hel…
                listener: warning: 3 events are missing here: \
                supervisord's event buffer was full, or the mailbox of --log
                \(Self.time) web:web_0 | rld
                \(Self.time) web:web_0 | next

                """
        )
    }

    /// A pipe whose reader begins late: what does not fit is missing as whole lines, and counted.
    @Test func aReaderThatStallsGetsWholeLines() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = FileDescriptor(owning: open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC))
        let test = try TestContext(for: EventLog.self, arguments: ["--log-output", "--log-file=\(path)"])
        let log = try EventLog(test.context)
        let count = 60_000
        for start in stride(from: 0, to: count, by: 1000) {
            await log.handle(Self.output((start..<start + 1000).map { "line \($0)\n" }.joined()))
        }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while !text.suffix(100).contains("could not be written\n".utf8) {
            _ = poll(for: [reader.rawValue], until: nil)
            text += piece[..<(try reader.read(into: &piece))]
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map { String($0) }
        let missing = count - lines.count + 1
        #expect(lines.dropLast().enumerated().allSatisfy { $1 == "\(Self.time) web:web_0 | line \($0)" })
        let notice = "\(missing) lines are missing here: they could not be written"
        #expect(lines.last == "listener: warning: \(notice)")
    }

    @Test func outputIsLoggedWhateverOtherEventsAreChosen() async throws {
        let text = try await Self.text(
            "--log-events=PROCESS_STATE_FATAL",
            events: Self.output("out\n"),
            Self.output("error\n", Self.web, .stderr)
        )
        #expect(text == "\(Self.time) web:web_0 | out\n\(Self.time) web:web_0 ! error\n")
    }

    @Test func onlyWantedEventsAreLogged() async throws {
        let text = try await Self.text(
            "--log-events=PROCESS_LOG_STDERR",
            events: Self.output("out\n"),
            Self.output("error\n", Self.web, .stderr),
            Self.change(.fatal)
        )
        #expect(text == "\(Self.time) web:web_0 ! error\n")
    }
}

// MARK: - For machines

extension OutputLogTests {
    private static var host: String { currentHostName() }

    @Test func anObjectHasTheKeysOfTheLogInTheirOrder() async throws {
        let text = try await Self.text("--log-format=json", events: Self.output("say \"hi\" \u{1B}\n{\"a\":1}\n"))
        let beginning =
            #"{"time":"\#(Self.time)","level":"info","event":"PROCESS_LOG_STDOUT","server":"supervisor","#
            + #""pool":"listener","process":"web_0","group":"web","pid":7,"channel":"stdout","host":"\#(Self.host)","#
        #expect(
            text == beginning + #""message":"say \"hi\" \u001b"}"# + "\n" + beginning + #""message":"{\"a\":1}"}"#
                + "\n"
        )
    }

    @Test func linesOfLogfmtHaveTheSameKeys() async throws {
        let text = try await Self.text("--log-format=logfmt", events: Self.output("a b\nplain\n\n"))
        let beginning =
            "time=\(Self.time) level=info event=PROCESS_LOG_STDOUT server=supervisor pool=listener process=web_0 "
            + "group=web pid=7 channel=stdout host=\(Self.host) "
        #expect(
            text == "\(beginning)message=\"a b\"\n\(beginning)message=plain\n\(beginning)message=\"\"\n"
        )
    }

    @Test func aLineThatIsAnObjectCanBeKeptAsOne() async throws {
        let text = try await Self.text(
            "--log-format=json",
            "--log-output-json=nest",
            events: Self.output("{\"a\":\t\"\u{202E}é\"}\n{\"a\":}\n[1]\n")
        )
        let lines = text.split(separator: "\n").map { String($0) }
        #expect(lines.count == 3)
        #expect(lines[0].hasSuffix(#","message":"{\"a\":\t\"\u202eé\"}","fields":{"a": "\u202eé"}}"#))
        #expect(lines[1].hasSuffix(#","message":"{\"a\":}"}"#))
        #expect(lines[2].hasSuffix(#","message":"[1]"}"#))
    }

    @Test func everyLineParses() async throws {
        let pieces = [
            "{\"a\":[1,{\"b\":null}]}\n", "\u{0}\u{1B}\u{202E}\u{2028}\"\\\n",
            #"Undecodable: b'\xff\xc3\n\xed\xa0\x80'"#,
            "\n", String(repeating: "x\"", count: 100_000), "rest\n",
            // What is left of a line that is cut is no object of its own.
            String(repeating: "x", count: 65_536) + "{\"a\":1}\n",
        ]
        for form in ["nest", "text"] {
            let folder = try TemporaryFolder()
            let path = "\(folder.path)/events.log"
            let arguments = ["--log-output", "--log-format=json", "--log-output-json=\(form)", "--log-file=\(path)"]
            let test = try TestContext(for: EventLog.self, arguments: arguments)
            var log: EventLog? = try EventLog(test.context)
            for piece in pieces {
                await log?.handle(Self.output(piece))
            }
            log = nil
            let lines = try Data(contentsOf: URL(fileURLWithPath: path)).split(separator: UInt8(ascii: "\n"))
            #expect(lines.count == 10)
            for line in lines {
                let object = try JSONSerialization.jsonObject(with: line) as? [String: Any]
                #expect(object?["message"] is String)
                #expect((object?["fields"] != nil) == (form == "nest" && line == lines[0]))
            }
            let isContinued = try lines.map { try JSONSerialization.jsonObject(with: $0) as? [String: Any] }
                .map { $0?["continued"] as? Bool ?? false }
            #expect(isContinued == [false, false, false, false, true, true, true, false, true, false])
        }
    }

    @Test(arguments: ["json", "logfmt", "text"])
    func aMessageBetweenTagsIsALineOfItsOwn(format: String) async throws {
        let event = Event.processCommunication(
            ProcessCommunicationEvent(
                header: Self.header("PROCESS_COMMUNICATION_STDOUT", EventHeader.unnumbered),
                process: Self.web,
                pid: 7,
                channel: .stdout,
                data: "two\nlines\n"
            )
        )
        let text = try await Self.text(
            "--log-format=\(format)",
            events: Self.output("half"),
            event,
            Self.output(" line\n")
        )
        let lines = text.split(separator: "\n").map { String($0) }
        #expect(lines.count == 2)
        switch format {
        case "json": #expect(lines[0].hasSuffix(#","channel":"stdout","host":"\#(Self.host)","message":"two\nlines"}"#))
        case "logfmt": #expect(lines[0].hasSuffix(#" channel=stdout host=\#(Self.host) message="two\nlines""#))
        default: #expect(lines[0] == "\(Self.time) PROCESS_COMMUNICATION_STDOUT web:web_0 pid=7: two\\nlines\\n")
        }
        #expect(lines[1].contains("half line"))
    }
}
