import ListenerKit
import Testing

@Suite struct OutputLinesTests {
    private static let web = ProcessName(group: "web", process: "web")
    private static let worker = ProcessName(group: "work", process: "worker_0")

    private static func event(
        _ data: String,
        _ process: ProcessName = web,
        _ channel: OutputChannel = .stdout,
        pid: Int = 1
    ) -> ProcessLogEvent {
        let name = channel == .stdout ? "PROCESS_LOG_STDOUT" : "PROCESS_LOG_STDERR"
        let header = EventHeader(name: name, serial: 1, poolSerial: 1)
        return ProcessLogEvent(header: header, process: process, pid: pid, channel: channel, data: data)
    }

    private static func texts(_ lines: [OutputLine]) -> [String] {
        lines.map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    @Test func eachStreamHasLinesOfItsOwn() {
        var lines = OutputLines()
        #expect(lines.append(Self.event("we")) == [])
        #expect(lines.append(Self.event("er", Self.web, .stderr)) == [])
        #expect(lines.append(Self.event("wor", Self.worker)) == [])
        #expect(Self.texts(lines.append(Self.event("b\nx"))) == ["web"])
        #expect(Self.texts(lines.append(Self.event("ror\n", Self.web, .stderr))) == ["error"])
        #expect(Self.texts(lines.append(Self.event("ker\n", Self.worker))) == ["worker"])
        #expect(lines.unfinishedLine(of: Self.web, .stdout).elementsEqual("x".utf8))
        #expect(lines.unfinishedLine(of: Self.web, .stderr).isEmpty)
    }

    @Test func aCharacterThatIsCutByAChunkIsWhole() {
        var lines = OutputLines()
        #expect(lines.append(Self.event(#"Undecodable: b'caf\xc3'"#)) == [])
        #expect(Self.texts(lines.append(Self.event(#"Undecodable: b'\xa9\n'"#))) == ["café"])
    }

    @Test func whatAProcessHasNotEndedIsReturnedAtItsEnd() {
        var lines = OutputLines()
        _ = lines.append(Self.event("bye"))
        _ = lines.append(Self.event("oh", Self.web, .stderr))
        _ = lines.append(Self.event("other", Self.worker))
        let last = lines.finish(Self.web)
        #expect(last.map { $0.channel } == [.stdout, .stderr])
        #expect(Self.texts(last.map { $0.line }) == ["bye", "oh"])
        #expect(lines.finish(Self.web).isEmpty)
        #expect(lines.unfinishedLine(of: Self.web, .stdout).isEmpty)
        #expect(lines.unfinishedLine(of: Self.worker, .stdout).elementsEqual("other".utf8))
    }

    @Test func linesOfTwoProcessesOfOneNameAreNotJoined() {
        var lines = OutputLines()
        _ = lines.append(Self.event("killed in the mid", pid: 1))
        #expect(Self.texts(lines.append(Self.event("hello\nwor", pid: 2))) == ["killed in the mid", "hello"])
        #expect(Self.texts(lines.append(Self.event("ld\n", pid: 2))) == ["world"])
    }

    @Test func eachLineIsThatOfItsProcess() {
        var lines = OutputLines()
        var seen: [String] = []
        func append(_ event: ProcessLogEvent) {
            lines.append(event) { line, pid in seen.append("\(pid) \(String(decoding: line.bytes, as: UTF8.self))") }
        }
        append(Self.event("one\ntw", pid: 1))
        append(Self.event("three\nfour", pid: 2))
        #expect(seen == ["1 one", "1 tw", "2 three"])
        #expect(lines.finish(Self.web).map { $0.pid } == [2])
    }

    @Test func allThatHasNotEndedIsReturnedAtTheEnd() {
        var lines = OutputLines()
        _ = lines.append(Self.event("b", Self.worker))
        _ = lines.append(Self.event("a"))
        _ = lines.append(Self.event("done\n", Self.web, .stderr))
        #expect(Self.texts(lines.finishAll(except: [Self.web]).map { $0.line }) == ["b"])
        #expect(Self.texts(lines.finishAll().map { $0.line }) == ["a"])
        #expect(lines.finishAll().isEmpty)
    }

    @Test func halvesOfLinesAreNotJoinedIfSomethingIsMissingBetweenThem() {
        var lines = OutputLines()
        _ = lines.append(Self.event("hel"))
        let interrupted = lines.interruptAll()
        #expect(Self.texts(interrupted.map { $0.line }) == ["hel"])
        #expect(interrupted.map { $0.line.isContinued } == [true])
        #expect(lines.interruptAll().isEmpty)
        #expect(Self.texts(lines.append(Self.event("rld\n"))) == ["rld"])
    }

    @Test func linesAreCutAtTheGivenLength() {
        var lines = OutputLines(limit: 4)
        let cut = lines.append(Self.event("123456\n"))
        #expect(Self.texts(cut) == ["1234", "56"])
        #expect(cut.map { $0.isContinued } == [true, false])
    }
}
