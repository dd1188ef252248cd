import ExecutableTesting
import Foundation
import ListenerKit
import Testing

@testable import listenerd

@Suite struct TerminationLogTests {
    private let folder: TestFolder
    private var path: String { folder.path(of: "log") }

    init() throws {
        folder = try TestFolder()
    }

    @Test func aFailureReplacesWhatIsThere() throws {
        try folder.write(String(repeating: "old\n", count: 100), to: "log")
        TerminationLog(path: path).write(.failedForGood, ["web is FATAL\u{1b}", "supervisord exited with status 2"])
        let expected = "supervise exits with status 70: web is FATAL\\u001b\nsupervisord exited with status 2\n"
        #expect(folder.text(of: "log") == expected)
    }

    @Test func aSuccessWritesNothing() throws {
        try folder.write("old", to: "log")
        TerminationLog(path: path).write(.success, ["supervisord has ended"])
        #expect(folder.text(of: "log") == "old")
    }

    @Test(arguments: ["a", "ü", "⏳", "😀"])
    func noMoreIsWrittenThanKubernetesReads(character: String) throws {
        try folder.write("", to: "log")
        TerminationLog(path: path).write(.configuration, [String(repeating: character, count: 5000)])
        let text = folder.text(of: "log")
        #expect((4093...4096).contains(text.utf8.count))
        #expect(!text.contains("\u{FFFD}"))
    }

    @Test func theFileIsNeverMade() {
        TerminationLog(path: path).write(.failedForGood, ["web is FATAL"])
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func linksPipesAndFoldersStayAsTheyAre() throws {
        try folder.write("old", to: "other")
        #expect(symlink(folder.path(of: "other"), path) == 0)
        TerminationLog(path: path).write(.failedForGood, ["web is FATAL"])
        #expect(folder.text(of: "other") == "old")
        #expect(mkfifo(folder.path(of: "pipe"), 0o600) == 0)
        TerminationLog(path: folder.path(of: "pipe")).write(.failedForGood, ["web is FATAL"])
        TerminationLog(path: folder.path).write(.failedForGood, ["web is FATAL"])
        TerminationLog(path: "/dev/null").write(.failedForGood, ["web is FATAL"])
    }

    @Test(.enabled(if: getuid() != 0, "root may write anything"))
    func aFileThatMayNotBeWrittenStaysAsItIs() throws {
        try folder.write("old", to: "log")
        chmod(path, 0o444)
        TerminationLog(path: path).write(.failedForGood, ["web is FATAL"])
        #expect(folder.text(of: "log") == "old")
    }
}
