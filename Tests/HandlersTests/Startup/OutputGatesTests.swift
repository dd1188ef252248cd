import ListenerKit
import Testing

@testable import Handlers

@Suite struct OutputGatesTests {
    private static let web = ProcessName(group: "web", process: "web")
    private static let worker = ProcessName(group: "work", process: "worker_0")

    private static func log(
        _ data: String,
        _ process: ProcessName = web,
        _ channel: OutputChannel = .stdout
    ) -> ProcessLogEvent {
        let name = channel == .stdout ? "PROCESS_LOG_STDOUT" : "PROCESS_LOG_STDERR"
        let header = EventHeader(name: name, serial: 1, poolSerial: 1)
        return ProcessLogEvent(header: header, process: process, pid: 1, channel: channel, data: data)
    }

    private static func message(_ data: String, _ process: ProcessName = web) -> ProcessCommunicationEvent {
        let header = EventHeader(name: "PROCESS_COMMUNICATION_STDOUT", serial: 1, poolSerial: 1)
        return ProcessCommunicationEvent(header: header, process: process, pid: 1, channel: .stdout, data: data)
    }

    /// Returns the gates of a line each.
    private static func gates(_ lines: String...) -> [Gate] {
        lines.map { GateReader(environment: [:]).gate($0) }
    }

    private static func watching(_ gates: [Gate]) -> OutputGates {
        var output = OutputGates()
        output.watch(web, gates)
        return output
    }

    @Test(
        arguments: [
            ("ready", ["ready\n"], 1),
            ("ready", ["rea", "dy\n"], 2),
            ("ready", ["not yet\nis ready now\n"], 1),
            // A prompt has no end.
            ("^ready> ", ["not yet\n", "ready> "], 2),
            ("ready", ["ready"], 1),
            ("^ready", ["al", "ready\nready"], 2),
            ("^ready", ["al", "ready"], nil),
            // These say something about the end.
            ("ready$", ["ready", " or not", "\nready"], nil),
            ("ready$", ["ready", "\n"], 2),
            ("ready$", ["ready\r\n"], 1),
            ("^(ready$|up)", ["ready", "up\n"], nil),
            (#"costs 5\$"#, ["costs 5$"], 1),
            (#"back\\$"#, [#"back\"#, "\n"], 2),
            (".*", ["", "x"], 2),
            ("^$", ["x\n", "\n"], 2),
            ("100%", [" 50%\r", " 75%\r", "100%"], 3),
            ("^100%", ["\r 50%\r100%\r"], 1),
            // Characters that chunks have cut.
            ("café", [#"Undecodable: b'caf\xc3'"#, #"Undecodable: b'\xa9 is ready\n'"#], 2),
            ("caf[^x]+!", [#"Undecodable: b'caf\xc3'"#, "é"], nil),
            ("ready", ["\u{0}ready\n"], 1),
            // Not valid: it never passes.
            ("(", ["(\n"], nil),
        ] as [(String, [String], Int?)]
    )
    func aGatePassesWithTheChunkThatMatches(pattern: String, chunks: [String], passing: Int?) {
        var output = Self.watching([Gate(text: "log:\(pattern)", kind: .log(pattern: pattern))])
        let passes = chunks.map { output.apply(Self.log($0)) }
        #expect(passes.firstIndex(of: [0]).map { $0 + 1 } == passing, "\(passes)")
        #expect(passes.joined().count == (passing == nil ? 0 : 1))
        #expect(output.apply(Self.log("\(chunks.joined())\nready$\n")) == [] || passing == nil)
    }

    @Test func eitherStreamPassesAndTheirLinesAreNotJoined() {
        var output = Self.watching(Self.gates("log:ready", "log:listening"))
        #expect(output.apply(Self.log("rea")) == [])
        #expect(output.apply(Self.log("dy\n", Self.web, .stderr)) == [])
        #expect(output.apply(Self.log("listening\n", Self.web, .stderr)) == [1])
        #expect(output.apply(Self.log("dy\n")) == [0])
    }

    @Test func gatesHaveTheirIndicesAmongAllGates() {
        var output = Self.watching(
            Self.gates("tcp://127.0.0.1:80", "log:two", "message:three", "notify", "log:t", "file:///x", "message:two")
        )
        #expect(output.apply(Self.log("nothing\n")) == [4])
        #expect(output.apply(Self.message("two")) == [6])
        #expect(output.apply(Self.log("two\n")) == [1])
        #expect(output.apply(Self.message("three")) == [2])
        #expect(output.apply(Self.message("three")) == [])
        #expect(output.apply(Self.log("two\n")) == [])
    }

    @Test(arguments: [
        ("up", "up", true), (" up\n", "up", true), ("\r\n\tup \n\n", "up", true), ("up and running", "up", false),
        ("Up", "up", false), ("", "up", false), ("a  b", "a  b", true), (#"Undecodable: b'up\xff'"#, "up", false),
    ])
    func aMessageIsTheWholeTextBetweenTheTags(data: String, text: String, passes: Bool) {
        var output = Self.watching([Gate(text: "message:\(text)", kind: .message(text))])
        #expect(output.apply(Self.message(data)) == (passes ? [0] : []))
    }

    @Test func onlyProcessesThatAreWatchedPass() {
        var output = Self.watching(Self.gates("log:ready", "message:ready"))
        #expect(output.apply(Self.log("ready\n", Self.worker)) == [])
        #expect(output.apply(Self.message("ready", Self.worker)) == [])
        output.unwatch(Self.web)
        #expect(output.apply(Self.log("ready\n")) == [])
        #expect(output.apply(Self.message("ready")) == [])
    }

    @Test func aRestartShutsTheGatesAndForgetsWhatWasWrittenBefore() {
        let gates = Self.gates("log:ready", "message:up")
        var output = Self.watching(gates)
        #expect(output.apply(Self.log("ready\n")) == [0])
        #expect(output.apply(Self.message("up")) == [1])
        output.watch(Self.web, gates)
        #expect(output.apply(Self.log("rea")) == [])
        output.watch(Self.web, gates)
        #expect(output.apply(Self.log("dy\n")) == [])
        #expect(output.apply(Self.log("ready\n")) == [0])
        #expect(output.apply(Self.message("up")) == [1])
    }

    @Test func aLineWithoutEndIsComparedAsFarAsItIsAPromptAndOnceItHasEnded() {
        var output = Self.watching(Self.gates("log:ready"))
        let dots = String(repeating: ".", count: 5000)
        #expect(output.apply(Self.log(dots)) == [])
        #expect(output.apply(Self.log("ready")) == [])
        #expect(output.apply(Self.log("\n")) == [0])
    }
}
