import Foundation
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct FileAttemptTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/file" }
    private static let own = Int(currentProcessID())

    init() throws {
        folder = try TemporaryFolder()
    }

    private func outcome(_ path: String, pid: Int? = own) async throws -> ProbeOutcome {
        try await AttemptMaker.outcome(.file(path: path), pid: pid)
    }

    /// Sets the time of the file, in seconds before the start of this process.
    private func set(secondsBeforeStart: Double, nanoseconds: Int = 1) throws {
        let age = try #require(ProcessStatus(pid: currentProcessID())?.age)
        let start = Date().timeIntervalSince1970 - age / .seconds(1)
        let seconds = (start - secondsBeforeStart).rounded(.down)
        let time = timespec(tv_sec: Int(seconds), tv_nsec: nanoseconds)
        #expect(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
    }

    @Test func aFileThatIsMissingFails() async throws {
        #expect(try await outcome(path) == .failed("no such file"))
        #expect(try await outcome("/dev/null/file") == .failed("no such file"))
        symlink("nowhere", "\(folder.path)/link")
        #expect(try await outcome("\(folder.path)/link") == .failed("no such file"))
    }

    @Test func aFileMustBeNewerThanItsProcess() async throws {
        _ = try folder.write("", to: "file")
        symlink("file", "\(folder.path)/link")
        for path in [path, "\(folder.path)/link"] {
            #expect(try await outcome(path) == .passed)
        }
        try set(secondsBeforeStart: 60)
        for path in [path, "\(folder.path)/link"] {
            #expect(try await outcome(path) == .failed("older than the start of the process"))
        }
    }

    @Test func aProcessThatIsNotKnownIsOlderThanAnyFile() async throws {
        _ = try folder.write("", to: "file")
        try set(secondsBeforeStart: 1_000_000)
        for pid in [nil, 4_194_305, -1, 0, Int.max] {
            #expect(try await outcome(path, pid: pid) == .passed)
        }
    }

    @Test func theTimeOfAFileMayBeInWholeSeconds() async throws {
        _ = try folder.write("", to: "file")
        // The second in which the process was started, which begins before.
        try set(secondsBeforeStart: 0, nanoseconds: 0)
        #expect(try await outcome(path) == .passed)
        try set(secondsBeforeStart: 2, nanoseconds: 0)
        #expect(try await outcome(path) == .failed("older than the start of the process"))
    }

    @Test func anythingThatIsNoPlainFileIsOnlyThere() async throws {
        let pipe = "\(folder.path)/pipe"
        mkfifo(pipe, 0o600)
        for path in ["/", "/dev/null", pipe] {
            #expect(try await outcome(path) == .passed)
        }
    }
}
