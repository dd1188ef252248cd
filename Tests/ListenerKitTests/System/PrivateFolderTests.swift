#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct PrivateFolderTests {
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
    }

    private func permissions(_ path: String) -> mode_t? {
        var information = stat()
        return stat(path, &information) == 0 ? information.st_mode & 0o7777 : nil
    }

    @Test func itIsInTheFirstPlaceThatLetsItAndOthersCannotListIt() throws {
        let file = try place.write("", to: "file")
        let folder = try PrivateFolder("run", in: ["/no/such/place", file, place.path, "/tmp"])
        #expect(folder.path.hasPrefix("\(place.path)/run."))
        #expect(permissions(folder.path) == 0o711)
    }

    @Test func noTwoAreTheSame() throws {
        let one = try PrivateFolder("run", in: [place.path])
        let other = try PrivateFolder("run", in: [place.path])
        #expect(one.path != other.path)
    }

    @Test func itGoesAwayWithWhatIsInIt() throws {
        let path: String
        do {
            let folder = try PrivateFolder("run", in: [place.path])
            path = folder.path
            let file = try folder.write("file", Array("text".utf8), permissions: 0o600)
            #expect(access(file, F_OK) == 0)
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test(arguments: [0o600, 0o644, 0o666] as [UInt32])
    func aFileHasItsTextAndPermissionsWhateverTheMask(mode: UInt32) throws {
        let folder = try PrivateFolder("run", in: [place.path])
        let file = try folder.write("file", Array("text".utf8), permissions: mode)
        #expect(file == "\(folder.path)/file")
        #expect(try contents(ofFile: file) == Array("text".utf8))
        #expect(permissions(file) == mode)
    }

    @Test func aNameThatIsTakenIsNotWrittenTo() throws {
        let folder = try PrivateFolder("run", in: [place.path])
        let file = try folder.write("file", Array("text".utf8), permissions: 0o600)
        #expect(throws: SystemError("write '\(file)'", code: EEXIST)) {
            try folder.write("file", Array("other".utf8), permissions: 0o600)
        }
        #expect(try contents(ofFile: file) == Array("text".utf8))
    }

    @Test func aPlaceWhereAnotherUserCouldReplaceItIsPassedOver() throws {
        chmod(place.path, 0o757)
        let folder = try PrivateFolder("run", in: [place.path, "/tmp"])
        #expect(folder.path.hasPrefix("/tmp/run."))
        let action = "make a folder in '\(place.path)', which another user could replace"
        #expect(throws: SystemError(action, code: EPERM)) {
            _ = try PrivateFolder("run", in: [place.path])
        }
    }

    @Test func itsPathHasNoLinks() throws {
        symlink(place.path, "\(place.path)/link")
        let folder = try PrivateFolder("run", in: ["\(place.path)/link"])
        #expect(folder.path.hasPrefix("\(place.path)/run."))
    }

    @Test func theLastPlaceIsNamedWhereThereIsNone() {
        #expect(throws: SystemError("make a folder in '/no/such/place'", code: ENOENT)) {
            _ = try PrivateFolder("run", in: ["/other", "/no/such/place"])
        }
        #expect(throws: SystemError("make a folder", code: ENOENT)) {
            _ = try PrivateFolder("run", in: [])
        }
    }
}
