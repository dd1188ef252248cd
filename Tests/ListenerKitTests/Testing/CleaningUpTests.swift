import Foundation
import ListenerKit
import ListenerTesting
import Testing

/// What the test kit leaves behind: nothing.
@Suite(.timeLimit(.minutes(10))) struct CleaningUpTests {
    @Test func folderIsRemovedTogetherWithItsSupervisord() async throws {
        let folder: String
        do {
            let supervisor = try FakeSupervisor("web")
            folder = supervisor.folder
            let journal = Journal()
            let listener = try supervisor.listen((SnapshotProbe.self, journal))
            try await listener.waitUntilReady()
            _ = try supervisor.writeConfiguration("[program:web]\n")
            try FileManager.default.createDirectory(atPath: folder + "/a/b", withIntermediateDirectories: true)
            try "".write(toFile: folder + "/a/b/c", atomically: false, encoding: .utf8)
            #expect(FileManager.default.fileExists(atPath: folder + "/supervisor.sock"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func theFolderIsWhereTheEnvironmentSays() throws {
        let place = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
        let supervisor = try FakeSupervisor()
        #expect(URL(filePath: supervisor.folder).deletingLastPathComponent().path == URL(filePath: place).path)
    }

    /// A listener that does not heed the end of its input, and what it has started.
    @Test func aProgramThatWouldGoOnIsKilledWithWhatItHasStarted() async throws {
        let pids: [Int32]
        do {
            let supervisor = try FakeSupervisor()
            let listener = try supervisor.listen(
                with: "/bin/sh",
                arguments: ["-c", "sleep 1000 & echo $$ $! >&2; wait"]
            )
            _ = try await listener.waitForMessage(" ")
            pids = listener.messages.flatMap { $0.split(separator: " ") }.compactMap { Int32($0) }
            #expect(pids.allSatisfy { kill($0, 0) == 0 })
        }
        try #require(pids.count == 2)
        for pid in pids {
            while Self.isRunning(pid) {
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    /// Whether there is such a process, other than one that waits for its parent to see its end.
    private static func isRunning(_ pid: Int32) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return false
        }
        return stat.split(separator: ")").last?.hasPrefix(" Z") != true
    }
}
