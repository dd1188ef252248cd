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

    @Test func itIsInTheFirstPlaceThatLetsItAndOthersCannotListIt() throws {
        let file = try place.write("", to: "file")
        let folder = try PrivateFolder("run", in: ["/no/such/place", file, place.path, "/tmp"])
        #expect(folder.path.hasPrefix("\(place.path)/run."))
        #expect(permissions(ofFile: folder.path) == 0o711)
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
        #expect(permissions(ofFile: file) == mode)
    }

    @Test func aNameThatIsTakenIsNotWrittenTo() throws {
        let folder = try PrivateFolder("run", in: [place.path])
        let file = try folder.write("file", Array("text".utf8), permissions: 0o600)
        #expect(throws: SystemError("write '\(file)'", code: EEXIST)) {
            try folder.write("file", Array("other".utf8), permissions: 0o600)
        }
        #expect(try contents(ofFile: file) == Array("text".utf8))
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
