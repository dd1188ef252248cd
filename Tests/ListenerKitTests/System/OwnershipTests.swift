#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct OwnershipTests {
    @Test(
        arguments: [
            ("root", 0), ("0", 0), ("4294967294", 4_294_967_294), ("65534", 65534), ("", nil), ("no such user", nil),
            ("-1", nil), ("4294967296", nil), ("root:x", nil), ("roo", nil),
        ] as [(String, UInt32?)]
    )
    func aUserIsANumberOrAKnownName(name: String, number: UInt32?) {
        #expect(userID(of: name) == number)
    }

    @Test func aFileHasAnOwnerAndPermissions() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("", to: "file")
        chmod(file, 0o4751)
        #expect(ownerID(ofFile: file) == currentUserID())
        #expect(permissions(ofFile: file) == 0o4751)
    }

    @Test func whatIsMissingHasNeither() {
        #expect(ownerID(ofFile: "/no/such/file") == nil)
        #expect(permissions(ofFile: "/no/such/file") == nil)
    }
}
