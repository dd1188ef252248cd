import Glibc
import ExecutableTesting
import Synchronization
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct StopNoticeTests {
    private let folder: TemporaryFolder
    private var statusFile: String { "\(folder.path)/status" }
    private var reader: StopNoticeReader { StopNoticeReader(beside: statusFile) }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func startingIsAllowedUntilTheNoticeIsPosted() throws {
        let notice = try StopNotice(beside: statusFile)
        #expect(reader.exists)
        #expect(!reader.isPosted)
        #expect(reader.unlessPosted { 1 } == 1)
        #expect(try notice.post(waitingFor: .zero))
        #expect(reader.isPosted)
        #expect(reader.unlessPosted { 1 } == nil)
        // The same for a listener that has been restarted since, and after a second signal.
        #expect(try notice.post(waitingFor: .zero))
        #expect(StopNoticeReader(beside: statusFile).unlessPosted { 1 } == nil)
    }

    @Test func withoutANoticeEverythingMayBeStarted() {
        #expect(!reader.exists)
        #expect(!reader.isPosted)
        #expect(!reader.isAbandoned)
        #expect(reader.unlessPosted { 1 } == 1)
        #expect(StopNoticeReader(environment: [:]) == nil)
    }

    @Test func postingWaitsForAStartThatIsUnderWayUntilTheTimeout() throws {
        let notice = try StopNotice(beside: statusFile)
        let outcome = try reader.unlessPosted { try notice.post(waitingFor: .milliseconds(5)) }
        #expect(outcome == false)
        #expect(reader.unlessPosted { 1 } == nil)
        #expect(try notice.post(waitingFor: .zero))
    }

    /// What several threads have started.
    private final class Starts: Sendable {
        let underWay = Atomic(0)
        let all = Atomic(0)

        func start() {
            underWay.add(1, ordering: .sequentiallyConsistent)
            all.add(1, ordering: .sequentiallyConsistent)
            underWay.subtract(1, ordering: .sequentiallyConsistent)
        }
    }

    @Test func noStartIsUnderWayOnceTheNoticeHasBeenPosted() async throws {
        let notice = try StopNotice(beside: statusFile)
        let reader = reader
        let starts = Starts()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await onThread {
                        while reader.unlessPosted({ starts.start() }) != nil {}
                    }
                }
            }
            while starts.all.load(ordering: .sequentiallyConsistent) < 100 {
                await Task.yield()
            }
            #expect(try notice.post(waitingFor: .seconds(60)))
            #expect(starts.underWay.load(ordering: .sequentiallyConsistent) == 0)
            let last = starts.all.load(ordering: .sequentiallyConsistent)
            try await group.waitForAll()
            #expect(starts.all.load(ordering: .sequentiallyConsistent) == last)
        }
    }

    @Test func aStartThatFailsGivesTheLockBack() throws {
        let notice = try StopNotice(beside: statusFile)
        #expect(throws: MessageError.interrupted) {
            try reader.unlessPosted { () throws(MessageError) in throw .interrupted }
        }
        #expect(try notice.post(waitingFor: .zero))
    }

    @Test(arguments: [LOCK_SH, LOCK_EX])
    func aLockOfAnotherUserForbidsNothing(lock: Int32) throws {
        let notice = try StopNotice(beside: statusFile)
        let other = open("\(statusFile).stop", O_RDONLY)
        defer { close(other) }
        #expect(flock(other, lock) == 0)
        #expect(reader.unlessPosted { 1 } == 1)
        #expect(try !notice.post(waitingFor: .milliseconds(2)))
        #expect(reader.unlessPosted { 1 } == nil)
    }

    @Test func everyUserCanReadItAndNobodyCanWriteIt() throws {
        let mask = umask(0o077)
        let notice = try StopNotice(beside: statusFile)
        umask(mask)
        var information = stat()
        #expect(stat("\(statusFile).stop", &information) == 0)
        #expect(information.st_mode & 0o777 == 0o444)
        withExtendedLifetime(notice) {}
    }

    @Test func aFileThatIsThereAlreadyIsNotTaken() throws {
        let notice = try StopNotice(beside: statusFile)
        #expect(throws: SystemError("make '\(statusFile).stop'", code: EEXIST)) {
            _ = try StopNotice(beside: statusFile)
        }
        withExtendedLifetime(notice) {}
    }

    @Test func aStopIsAbandonedOnceNobodyReceivesStatusesAnyMore() throws {
        let notice = try StopNotice(beside: statusFile)
        let socket = try StatusSocket(path: statusFile)
        #expect(!reader.isAbandoned)
        try notice.post(waitingFor: .zero)
        #expect(!reader.isAbandoned)
        withExtendedLifetime(socket) {}
        _ = consume socket
        #expect(reader.isAbandoned)
    }

    @Test(arguments: [false, true])
    func aStartLockStartsNothingOnceTheNoticeIsPosted(isPosted: Bool) throws {
        let notice = try StopNotice(beside: statusFile)
        if isPosted {
            try notice.post(waitingFor: .zero)
        }
        #expect(StartLock(reader).holdForStart(timeout: .zero) { 1 } == (isPosted ? nil : 1))
        #expect(StartLock().holdForStart(timeout: .zero) { 1 } == 1)
        #expect(StartLock(reader).hold(timeout: .zero) { 1 } == 1)
    }
}
