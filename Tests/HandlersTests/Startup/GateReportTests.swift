import ExecutableTesting
import ListenerKit
import Testing

@testable import Handlers

/// The listener's answer to `listenerd status` as text.
@Suite struct GateReportTests {
    private typealias Status = GateReport.GateStatus

    private static let texts = [
        "", "-", "+", "a", "tcp://127.0.0.1:5432", "a\tb", "a\nb", "\\", "\\t", "\r\n", "log:é\u{301}", "\0", "end",
        "🦜\n\n",
    ]

    private static let report = GateReport(processes: [
        .init(
            name: ProcessName(group: "g", process: "db"),
            pid: 4711,
            isReady: false,
            failure: "not ready 30 s after it was RUNNING",
            statusText: "replaying\tlog",
            gates: [
                Status(text: "tcp://[::1]:5432", hasPassed: true, attempts: 3, lastAnswer: "connection refused"),
                Status(text: "log:^ready$", hasPassed: false, attempts: 0, lastAnswer: nil),
            ]
        ),
        .init(
            name: ProcessName(group: "web", process: "web"),
            pid: nil,
            isReady: true,
            failure: nil,
            statusText: nil,
            gates: []
        ),
    ])

    @Test func aReportIsReadAsItWasWritten() {
        #expect(GateReport(text: Self.report.text) == Self.report)
        #expect(GateReport(text: GateReport(processes: []).text) == GateReport(processes: []))
    }

    @Test(arguments: texts)
    func anyTextIsReadAsItWasWritten(text: String) {
        let report = GateReport(processes: [
            .init(
                name: ProcessName(group: text, process: text),
                pid: Int.max,
                isReady: true,
                failure: text,
                statusText: text,
                gates: [Status(text: text, hasPassed: false, attempts: Int.min, lastAnswer: text)]
            )
        ])
        #expect(GateReport(text: report.text) == report)
    }

    @Test func whatIsCutOffIsNoReport() {
        let text = Self.report.text
        for count in text.indices {
            #expect(GateReport(text: Array(text[..<count])) == nil)
        }
        #expect(GateReport(text: text + [0x0A]) == nil)
        #expect(GateReport(text: text + text) == nil)
    }

    @Test(arguments: [
        "", "\n", "gates\nend\n", "+gates\n\n+end\n", "+gates\n+gate\t+x\t+no\t+0\t-\n+end\n", "+gates\n+other\n+end\n",
        "+gates\n+process\t+a\t+a\t+x\t+yes\t-\t-\n+end\n", "+gates\n+process\t+a\t+a\t-\t+maybe\t-\t-\n+end\n",
        "+gates\n+process\t+a\t-\t-\t+yes\t-\t-\n+end\n", "+gates\n+process\t+a\t+a\t-\t+yes\t-\t+\\x\n+end\n",
        "+gates\n+process\t+a\t+a\t-\t+yes\t-\t-\n+gate\t+x\t+no\t-\t-\n+end\n", "refused: because\n",
    ])
    func rubbishIsNoReport(text: String) {
        #expect(GateReport(text: Array(text.utf8)) == nil)
    }

    @Test func changedBytesAreReadOrNotButNeverFatal() {
        var random = SeededGenerator(state: 1)
        for _ in 0..<2000 {
            var text = Self.report.text
            for _ in 0..<3 {
                text[Int.random(in: text.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let report = GateReport(text: text) {
                #expect(GateReport(text: report.text) == report)
            }
        }
    }

    @Test(arguments: [
        (Status(text: "tcp://a:1", hasPassed: false, attempts: 0, lastAnswer: nil), "not tried yet"),
        (Status(text: "tcp://a:1", hasPassed: false, attempts: 1, lastAnswer: "HTTP 503"), "HTTP 503, tried once"),
        (Status(text: "exec:x", hasPassed: false, attempts: 2, lastAnswer: "no"), "no, tried 2 times"),
        (Status(text: "LOG:x", hasPassed: false, attempts: 0, lastAnswer: nil), "no such line yet"),
        (Status(text: "message:x", hasPassed: false, attempts: 0, lastAnswer: nil), "not sent yet"),
        (Status(text: "notify", hasPassed: false, attempts: 0, lastAnswer: nil), "no READY=1 yet"),
        (Status(text: "notify", hasPassed: false, attempts: 0, lastAnswer: "is reloading"), "is reloading"),
        (Status(text: "ftp://x", hasPassed: false, attempts: 0, lastAnswer: "unknown"), "unknown"),
    ])
    private func aGateIsShownWithWhatIsKnownOfIt(gate: Status, remark: String) {
        #expect(gate.description == "\(gate.text) (\(remark))")
    }
}
