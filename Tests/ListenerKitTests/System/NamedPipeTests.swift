#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct NamedPipeTests {
    /// `F_SETPIPE_SZ`, for which the C libraries show no name here.
    private static let setPipeSize: Int32 = 1031

    private let folder: TemporaryFolder
    private var path: String { "\(folder.path)/pipe" }

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test(arguments: [(getuid(), 0o600), (nil, 0o622)] as [(UInt32?, mode_t)])
    func onlyItsWriterCanWriteIntoIt(writer: UInt32?, permissions: mode_t) throws {
        let pipe = try NamedPipe(path: path, writer: writer)
        #expect(try information().st_mode & 0o777 == permissions)
        withExtendedLifetime(pipe) {}
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"))
    func itBelongsToItsWriter() throws {
        let pipe = try NamedPipe(path: path, writer: 65534)
        #expect(try information().st_uid == 65534)
        withExtendedLifetime(pipe) {}
    }

    @Test func whatIsWrittenIsTakenPieceByPiece() throws {
        let pipe = try NamedPipe(path: path, writer: getuid())
        let writer = try Descriptor.openForAppending(path)
        // Larger than usual, so that there can be more in it than is taken at once.
        #expect(fcntl(writer.number, Self.setPipeSize, 1 << 18) > 0)
        try writer.write([UInt8](repeating: 7, count: 1 << 17))
        #expect(pipe.take().count == 1 << 16)
        #expect(pipe.take().count == 1 << 16)
        #expect(pipe.take() == [])
    }

    private func information() throws -> stat {
        var information = stat()
        #expect(stat(path, &information) == 0)
        return information
    }
}
