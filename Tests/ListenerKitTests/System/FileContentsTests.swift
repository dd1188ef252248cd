import Glibc
import Testing

@testable import ListenerKit
@testable import ListenerTesting

/// What is read as a file, and what is not.
@Suite struct FileContentsTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func path(_ name: String) -> String {
        "\(folder.path)/\(name)"
    }

    @Test func aRegularFileIsReadAlsoThroughALink() throws {
        let file = try folder.write("text", to: "file")
        try #require(symlink("file", path("link")) == 0)
        #expect(try contents(ofFile: file) == Array("text".utf8))
        #expect(try contents(ofFile: path("link")) == Array("text".utf8))
        #expect(try contents(ofFile: folder.write("", to: "empty")) == [])
    }

    /// The files of /proc are regular, and do not tell their lengths.
    @Test func aFileOfTheKernelIsRead() throws {
        #expect(try !contents(ofFile: "/proc/self/cmdline").isEmpty)
    }

    @Test func aPipeIsNotWaitedFor() throws {
        try #require(mkfifo(path("pipe"), 0o600) == 0)
        #expect(throws: FileError.notRegular(path: path("pipe"), kind: .namedPipe)) {
            try contents(ofFile: path("pipe"))
        }
    }

    /// As a shell makes one for `-c <(command)`.
    @Test func aPipeWithoutANameIsNotReadEither() throws {
        let pipe = try Pipe.open()
        try pipe.writeEnd.write("[supervisord]\n".utf8)
        let path = "/dev/fd/\(pipe.readEnd.rawValue)"
        #expect(throws: FileError.notRegular(path: path, kind: .namedPipe)) { try contents(ofFile: path) }
    }

    @Test func aSocketIsNamedAsOne() throws {
        let socket = try StatusSocket(path: path("socket"))
        #expect(throws: FileError.notRegular(path: path("socket"), kind: .socket)) {
            try contents(ofFile: path("socket"))
        }
        withExtendedLifetime(socket) {}
    }

    @Test(arguments: ["/dev/zero", "/dev/null", "/dev/tty"]) func aDeviceIsNoFile(path: String) {
        #expect(throws: FileError.notRegular(path: path, kind: .characterDevice)) { try contents(ofFile: path) }
    }

    @Test func aFileThatIsTooLargeIsNotReadAtAll() throws {
        let file = try folder.write("1234", to: "file")
        #expect(try contents(ofFile: file, limit: 4).count == 4)
        #expect(throws: FileError.tooLarge(path: file, limit: 3)) { try contents(ofFile: file, limit: 3) }
        // As large as a disk, with nothing in it.
        try #require(truncate(file, 1 << 40) == 0)
        let error = #expect(throws: FileError.self) { try contents(ofFile: file) }
        #expect(error?.description == "cannot read '\(file)': it is larger than 64 MB")
    }

    @Test func filesWithoutALengthAreBoundedToo() {
        #expect(throws: FileError.tooLarge(path: "/proc/self/status", limit: 3)) {
            try contents(ofFile: "/proc/self/status", limit: 3)
        }
    }

    @Test(arguments: [
        (FileError.system(SystemError("read 'x'", code: 2)), "cannot read 'x': No such file or directory"),
        (
            .notRegular(path: "x", kind: .directory),
            "cannot read 'x': it is a directory, not a regular file"
        ),
        (.notRegular(path: "x", kind: .namedPipe), "cannot read 'x': it is a pipe, not a regular file"),
        (
            .notRegular(path: "x", kind: .characterDevice),
            "cannot read 'x': it is a device, not a regular file"
        ),
        (.tooLarge(path: "x", limit: 3 << 20), "cannot read 'x': it is larger than 3 MB"),
    ])
    func whyItCannotBeReadIsOneSentence(error: FileError, words: String) {
        #expect(error.description == words)
        #expect(ConfigurationError.unreadable(error).description == "\(words); \(error.advice)")
        #expect(!error.advice.isEmpty)
    }
}
