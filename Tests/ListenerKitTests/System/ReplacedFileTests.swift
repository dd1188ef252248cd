import ListenerTesting
import Testing

@testable import ListenerKit

import Glibc

/// A file that is replaced as a whole.
@Suite struct ReplacedFileTests {
    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/file" }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func text(of path: String) throws -> String {
        String(decoding: try contents(ofFile: path), as: UTF8.self)
    }

    private func mode(of path: String) -> mode_t {
        var information = stat()
        return lstat(path, &information) == 0 ? information.st_mode : 0
    }

    @Test func anOpenFileKeepsItsContentsAndTheNewOneIsReadableByAll() throws {
        let file = try ReplacedFile(path)
        try file.replace(with: Array("old".utf8))
        #expect(chmod(path, 0o600) == 0)
        let reader = FileDescriptor(owning: open(path, O_RDONLY | O_CLOEXEC))
        try file.replace(with: Array("new, and longer".utf8))
        #expect(try text(of: path) == "new, and longer")
        #expect(mode(of: path) == S_IFREG | 0o644)
        var bytes = [UInt8](repeating: 0, count: 100)
        #expect(try reader.read(into: &bytes) == 3)
        try file.replace(with: [])
        #expect(try text(of: path).isEmpty)
        #expect(!fileExists("\(path).new"))
    }

    @Test func aLinkBesideItIsNotFollowed() throws {
        let other = "\(folder.path)/other"
        try ReplacedFile(other).replace(with: Array("other".utf8))
        #expect(symlink(other, "\(path).new") == 0)
        try ReplacedFile(path).replace(with: Array("new".utf8))
        #expect(try text(of: path) == "new")
        #expect(try text(of: other) == "other")
    }

    @Test func aLinkToItStaysOne() throws {
        let link = "\(folder.path)/link"
        try ReplacedFile(path).replace(with: Array("old".utf8))
        #expect(symlink("file", link) == 0)
        try ReplacedFile(link).replace(with: Array("new".utf8))
        #expect(mode(of: link) & S_IFMT == S_IFLNK)
        #expect(try text(of: path) == "new")
    }

    @Test func afterAFailureNothingIsLeft() throws {
        let file = try ReplacedFile(path)
        // A directory cannot be replaced by a file.
        #expect(mkdir(path, 0o700) == 0)
        #expect(throws: SystemError("write '\(path)'", code: EISDIR)) { try file.replace(with: [1]) }
        #expect(!fileExists("\(path).new"))
    }

    @Test func aDirectoryThatIsNotThereIsAnErrorAtOnce() {
        let path = "\(folder.path)/none/file"
        #expect(throws: SystemError("write '\(path)'", code: ENOENT)) { try ReplacedFile(path) }
    }
}
