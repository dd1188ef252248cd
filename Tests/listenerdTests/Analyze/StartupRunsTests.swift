import ListenerKit
import Testing

@testable import listenerd

@Suite struct StartupRunsTests {
    private static let web = SampleLog.program("web")

    @Test func severalHandlersOfOneListenerAreOneRun() throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.add("LISTENERD_BEGIN", at: 0.001, #","details":{"handler":"fatal-exit","pid":7}"#)
        log.start("web", at: 1, runningAt: 2)
        #expect(log.runs.count == 1)
        #expect(log.runs.first?.plan != nil)
    }

    @Test func aListenerThatIsStartedAgainContinuesTheRun() throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.start("web", at: 1)
        try log.begin(Self.web, at: 1.5, pid: 8)
        log.snapshot([("web", .starting)], at: 1.6)
        log.enter(.running, "web", at: 2, #","pid":9"#)
        let run = try #require(log.runs.last)
        #expect(log.runs.count == 1)
        #expect(run.processes.values.first?.started == 1)
        #expect(run.end == 2)
    }

    @Test(arguments: [7, 8])
    func anotherSupervisordBeginsAnotherRun(pid: Int) throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.start("web", at: 1, runningAt: 2)
        log.serial = 0
        log.poolSerial = 0
        try log.begin(Self.web, at: 60, pid: pid)
        log.snapshot([("web", .stopped)], at: 60.1)
        log.start("web", at: 61, runningAt: 62)
        #expect(log.runs.map { $0.end } == [2, 2])
        #expect(log.runs.map { $0.firstSnapshot.map { $0 < 1 } } == [nil, true])
    }

    @Test func aReloadBeginsAnotherRunThoughEventsAreNumberedOn() throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.start("web", at: 1, runningAt: 2)
        log.poolSerial = 0
        try log.begin(Self.web, at: 60, pid: 8)
        log.start("web", at: 61)
        #expect(log.runs.count == 2)
    }

    @Test func withoutEntriesTheNumbersOfEventsTellTheRuns() {
        var log = SampleLog()
        log.start("web", at: 1, runningAt: 2)
        log.serial = 0
        log.poolSerial = 0
        log.start("web", at: 61)
        log.serial = 0
        log.poolSerial = 0
        log.start("web", at: 71)
        #expect(log.runs.count == 3)
    }

    @Test func anEventThatIsSentAgainBeginsNoRun() throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.start("web", at: 1)
        log.serial -= 1
        log.poolSerial -= 1
        try log.begin(Self.web, at: 1.5, pid: 8)
        log.enter(.starting, "web", at: 1.6)
        #expect(log.runs.count == 1)
    }

    @Test func aRunInWhichNothingWasStartedDoesNotCount() throws {
        var log = SampleLog()
        try log.begin(Self.web)
        log.start("web", at: 1)
        log.serial = 0
        try log.begin(Self.web, at: 60, pid: 8)
        log.snapshot([("web", .stopped)], at: 60.1)
        #expect(log.runs.count == 1)
        #expect(SampleLog().runs.isEmpty)
    }
}
