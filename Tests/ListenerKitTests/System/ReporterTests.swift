import Synchronization
import Testing

@testable import ListenerKit

@Suite struct ReporterTests {
    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])

        func append(_ bytes: [UInt8]) {
            lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        }

        var all: [String] {
            lines.withLock { $0 }
        }
    }

    private let lines = Lines()
    private let reporter: Reporter

    init() {
        reporter = Reporter(program: "listenerd") { [lines] in lines.append($0) }
    }

    @Test func aLineNamesTheProgramAndTheLevel() {
        reporter.report(.error, "a")
        reporter.report(.warning, "b")
        reporter.report(.info, "b")
        reporter.report(.info, "b")
        #expect(
            lines.all == [
                "listenerd: error: a\n", "listenerd: warning: b\n", "listenerd: info: b\n", "listenerd: info: b\n",
            ]
        )
    }

    @Test func everyLineHasTheFormThatWasAskedFor() {
        let form: Reporter.Form = { level, message in Array("\(level)|\(message)\n".utf8) }
        let reporter = Reporter(program: "listenerd", form: form) { [lines] in lines.append($0) }
        reporter.report(.info, "one")
        reporter.reportOnce(.warning, "two")
        reporter.reportOnce(.warning, "two")
        reporter.report(.error, "three", asText: "3")
        reporter.report(.unknownOption(name: "--x", suggestion: nil))
        lines.append(reporter.missingLinesNotice(3))
        #expect(
            lines.all == [
                "info|one\n", "warning|two\n", "error|three\n",
                "error|Unknown option '--x' (See 'listenerd --help' for more information.)\n",
                "warning|3 lines are missing here: they could not be written\n",
            ]
        )
    }

    @Test func textForPeopleHasAFormOfItsOwnAndIsOneLineAllTheSame() {
        reporter.report(.error, "one", asText: "Error: one\nforged", details: "  two\n")
        lines.append(reporter.missingLinesNotice(1))
        #expect(
            lines.all == [
                "Error: one\\nforged\n  two\n",
                "listenerd: warning: 1 line is missing here: they could not be written\n",
            ]
        )
    }

    @Test func aMessageStaysOnItsLine() {
        reporter.report(.error, "a\nlistenerd: error: forged\u{1B}[0m")
        #expect(lines.all == ["listenerd: error: a\\nlistenerd: error: forged\\u001b[0m\n"])
    }

    @Test func aCauseIsReportedOnce() {
        reporter.reportOnce(.warning, "supervisord does not answer: 1", key: "no answer")
        reporter.reportOnce(.warning, "supervisord does not answer: 2", key: "no answer")
        reporter.reportOnce(.warning, "something else")
        reporter.reportOnce(.error, "something else")
        #expect(lines.all.count == 2)
    }

    @Test func aCauseThatIsOverIsReportedAgainWhenItComesBack() {
        #expect(!reporter.clear(key: "no answer"))
        reporter.reportOnce(.warning, "first", key: "no answer")
        #expect(reporter.clear(key: "no answer"))
        #expect(!reporter.clear(key: "no answer"))
        reporter.reportOnce(.warning, "second", key: "no answer")
        #expect(lines.all == ["listenerd: warning: first\n", "listenerd: warning: second\n"])
    }

    @Test func memoryOfCausesIsBounded() {
        for number in 0..<2500 {
            reporter.reportOnce(.info, "\(number)")
        }
        #expect(lines.all.count == 2500)
        reporter.reportOnce(.info, "2499")
        #expect(lines.all.count == 2500)
        reporter.reportOnce(.info, "0")
        #expect(lines.all.count == 2501)
    }
}
