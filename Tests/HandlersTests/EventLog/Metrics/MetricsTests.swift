import ListenerTesting
import Testing

@testable import Handlers
@testable import ListenerKit

import Glibc

/// When the file of `--log-metrics` is written, and what becomes of it.
@Suite struct MetricsTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/supervisord.prom" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func context() throws -> TestContext {
        try TestContext(for: EventLog.self, arguments: ["--log-file=/dev/null", "--log-metrics=\(path)"])
    }

    private func text() throws -> String {
        String(decoding: try contents(ofFile: path), as: UTF8.self)
    }

    /// Lets the alarm go off if it is due, and waits until the file is written.
    private static func pass(_ test: TestContext, _ log: EventLog, after duration: Duration = .zero) {
        test.advance(by: duration)
        if let alarm = test.alarm, alarm <= test.now {
            log.handle(AlarmEvent(time: test.now))
        }
        log.metrics?.file.flush(until: .now + .seconds(60))
    }

    private static func event(_ transition: ProcessStateEvent.Transition, from state: ProcessState = .running) -> Event
    {
        .processState(.change(transition, from: state))
    }

    private static let fatal = #"supervisord_process_fatal_total{name="web",group="web"} "#

    @Test func withoutTheOptionNothingIsCounted() throws {
        let test = try TestContext(for: EventLog.self, arguments: ["--log-file=/dev/null"])
        let log = try EventLog(test.context)
        #expect(log.metrics == nil)
        #expect(!test.context.journal.isFollowed)
    }

    @Test func theFileIsWrittenOnChangeAndAtMostOnceASecond() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        #expect(test.alarm == nil)
        await log.handle(Self.event(.fatal))
        #expect(test.alarm == test.now)
        Self.pass(test, log)
        #expect(try text().contains("\(Self.fatal)1\n"))
        let written = test.now
        test.advance(by: .milliseconds(400))
        for _ in 1...10 {
            await log.handle(Self.event(.fatal))
        }
        #expect(test.alarm == written + .seconds(1))
        Self.pass(test, log)
        #expect(try text().contains("\(Self.fatal)1\n"))
        Self.pass(test, log, after: .milliseconds(600))
        #expect(try text().contains("\(Self.fatal)11\n"))
        #expect(unlink(path) == 0)
        Self.pass(test, log, after: .seconds(60))
        #expect(!fileExists(path))
        await log.handle(Self.event(.fatal))
        #expect(test.alarm == written + .seconds(2))
        Self.pass(test, log)
        #expect(try text().contains("\(Self.fatal)12\n"))
        #expect(test.messages == [])
    }

    @Test func eventsThatChangeNothingSetNoAlarm() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        let tick = TickEvent(header: EventHeader(name: "TICK_5"), period: .fiveSeconds, when: Timestamp(seconds: 1))
        await log.handle(.tick(tick))
        #expect(test.alarm == nil)
        let snapshot = Snapshot(processes: [ProcessInformation(name: .of("a"), state: .stopped)], reason: .start)
        log.handle(snapshot)
        #expect(test.alarm == test.now)
        Self.pass(test, log)
        #expect(unlink(path) == 0)
        log.handle(snapshot)
        Self.pass(test, log, after: .seconds(5))
        #expect(!fileExists(path))
    }

    @Test func everyUserCanReadTheFileAndNothingElseIsLeft() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        try ReplacedFile("\(path).new").replace(with: Array("left by a writer that was killed".utf8))
        await log.handle(Self.event(.fatal))
        Self.pass(test, log)
        var information = stat()
        #expect(stat(path, &information) == 0)
        #expect(information.st_mode & 0o7777 == 0o644)
        #expect(!fileExists("\(path).new"))
    }

    @Test func aLinkStaysALink() async throws {
        let target = "\(folder.path)/target"
        try ReplacedFile(target).replace(with: SupervisorMetrics().text())
        #expect(symlink(target, path) == 0)
        let test = try context()
        let log = try EventLog(test.context)
        await log.handle(Self.event(.fatal))
        Self.pass(test, log)
        #expect(try String(decoding: contents(ofFile: target), as: UTF8.self).contains("\(Self.fatal)1\n"))
        #expect(pathWithoutLinks(path) == pathWithoutLinks(target))
    }

    @Test func countersGoOnAfterARestartOfTheListener() async throws {
        let test = try context()
        var log: EventLog? = try EventLog(test.context)
        await log?.handle(Self.event(.fatal))
        await log?.handle(Self.event(.starting(tries: 0), from: .backoff))
        // Its end writes what no alarm has written, but not how processes were.
        log = nil
        let left = try text()
        #expect(left.contains("\(Self.fatal)1\n"))
        #expect(!left.contains("node_supervisord"))
        let next = try EventLog(test.context)
        await next.handle(Self.event(.fatal))
        Self.pass(test, next, after: .seconds(1))
        let text = try text()
        #expect(text.contains("\(Self.fatal)2\n"))
        #expect(text.contains("supervisord_process_restarts_total{name=\"web\",group=\"web\"} 1\n"))
        #expect(text.contains("node_supervisord_state{name=\"web\",group=\"web\"} 200\n"))
        #expect(test.messages == [])
    }

    @Test func aMalformedFileIsReportedAndBegunAnew() async throws {
        try ReplacedFile(path).replace(with: Array("# HELP\nup 1\n".utf8))
        let test = try context()
        let log = try EventLog(test.context)
        #expect(
            test.messages == [
                "listener: warning: line 2 of '\(path)' is not what --log-metrics writes; counting from 0"
            ]
        )
        await log.handle(Self.event(.fatal))
        Self.pass(test, log)
        #expect(try text().contains("\(Self.fatal)1\n"))
    }

    @Test func aFailureIsReportedOnceAndTheFileIsTriedAgain() async throws {
        let inner = "\(folder.path)/inner"
        #expect(mkdir(inner, 0o700) == 0)
        let file = "\(inner)/supervisord.prom"
        let test = try TestContext(
            for: EventLog.self,
            arguments: ["--log-file=/dev/null", "--log-metrics=\(file)"]
        )
        let log = try EventLog(test.context)
        #expect(rmdir(inner) == 0)
        await log.handle(Self.event(.fatal))
        Self.pass(test, log)
        let message = "the metrics are not up to date: cannot write '\(file)': No such file or directory"
        #expect(test.messages == ["listener: error: \(message)"])
        #expect(test.alarm == test.now + .seconds(5))
        Self.pass(test, log, after: .seconds(5))
        #expect(test.messages.count == 1)
        #expect(mkdir(inner, 0o700) == 0)
        Self.pass(test, log, after: .seconds(4))
        #expect(!fileExists(file))
        Self.pass(test, log, after: .seconds(1))
        #expect(try String(decoding: contents(ofFile: file), as: UTF8.self).contains("\(Self.fatal)1\n"))
        #expect(test.messages.dropFirst() == ["listener: info: writing '\(file)' again"])
    }

    @Test func whatOtherHandlersLearnIsWritten() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        await log.handle(Self.event(.starting(tries: 0), from: .stopped))
        Self.pass(test, log)
        test.context.journal.record(JournalEntry(.ready, process: .of("web"), seconds: 1.5))
        test.context.journal.record(JournalEntry(.startup, seconds: 2))
        #expect(test.alarm == test.now)
        Self.pass(test, log)
        Self.pass(test, log, after: .seconds(1))
        let text = try text()
        #expect(text.contains("supervisord_process_ready_seconds{name=\"web\",group=\"web\"} 1.500\n"), "\(text)")
        #expect(text.contains("supervisord_startup_seconds 2.000\n"), "\(text)")
    }

    @Test func aSnapshotIsAskedForIfOnlyThatTellsHowAProcessExited() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        await log.handle(Self.event(.exited(expected: false, pid: 1)))
        Self.pass(test, log)
        #expect(test.requestedSnapshots == [.seconds(1)])
        await log.handle(Self.event(.stopped(pid: 1)))
        Self.pass(test, log, after: .seconds(1))
        #expect(test.requestedSnapshots.count == 1)
        let web = ProcessInformation(name: .of("web"), state: .stopped, exitStatus: -1)
        log.handle(Snapshot(processes: [web], reason: .request))
        Self.pass(test, log, after: .seconds(1))
        #expect(try text().contains("node_supervisord_exit_status{name=\"web\",group=\"web\"} -1\n"))
        #expect(test.requestedSnapshots.count == 1)
    }

    @Test func aSnapshotIsAskedForWhenAGroupComesOrGoes() async throws {
        let test = try context()
        let log = try EventLog(test.context)
        let header = EventHeader(name: "PROCESS_GROUP_REMOVED")
        await log.handle(.processGroup(ProcessGroupEvent(header: header, group: "web", change: .removed)))
        #expect(test.requestedSnapshots == [.seconds(1)])
    }

    @Test func aFileOfSomethingElseIsLeftAlone() throws {
        let bytes = Array("notes\n".utf8)
        try ReplacedFile(path).replace(with: bytes)
        #expect(throws: UsageError.self) { try EventLog(try context().context) }
        #expect(try contents(ofFile: path) == bytes)
    }

    @Test func theLogAndTheMetricsCannotBeOneFile() throws {
        let arguments = ["--log-file=\(path)", "--log-metrics=\(path)"]
        #expect(throws: UsageError.self) { try TestContext(for: EventLog.self, arguments: arguments) }
    }

    @Test func aFileThatCannotBeIsAnErrorAtTheStart() throws {
        func message(_ path: String) -> String {
            do {
                let arguments = ["--log-file=\(folder.path)/log", "--log-metrics=\(path)"]
                _ = try EventLog(try TestContext(for: EventLog.self, arguments: arguments).context)
                return "none"
            } catch {
                return "\(error)"
            }
        }
        let missing = "\(folder.path)/none/supervisord.prom"
        #expect(
            message(missing) == "cannot write '\(missing)': No such file or directory; create the directory first"
        )
        #expect(message(folder.path) == "cannot read '\(folder.path)': it is a directory, not a regular file")
        #expect(message("/dev/null") == "cannot read '/dev/null': it is a device, not a regular file")
    }
}
