#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct OwnershipTests {
    @Test func aFileHasPermissions() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        chmod(file, 0o4751)
        #expect(permissions(ofFile: file) == 0o4751)
    }

    @Test func whatIsMissingHasNone() {
        #expect(permissions(ofFile: "/no/such/file") == nil)
    }

    @Test(arguments: [(0o755, true), (0o1777, true), (0o775, false), (0o757, false)])
    func aFileIsTrustedWhereNobodyElseCanReplaceIt(permissions: mode_t, isTrusted: Bool) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        chmod(folder.path, permissions)
        #expect(isTrustedFile(file) == isTrusted)
    }

    @Test func aLinkOrAFolderIsNotTrusted() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        symlink(file, "\(folder.path)/link")
        #expect(!isTrustedFile("\(folder.path)/link"))
        #expect(!isTrustedFile(folder.path))
        #expect(!isTrustedFile("\(folder.path)/none"))
    }
}
