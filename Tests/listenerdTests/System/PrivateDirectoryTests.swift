import Glibc
import ListenerKit
import Testing

@testable import ListenerTesting
@testable import listenerd

@Suite struct PrivateFolderTests {
    private let place: TemporaryFolder

    init() throws {
        place = try TemporaryFolder()
    }

    private func permissions(_ path: String) -> mode_t? {
        var information = stat()
        return stat(path, &information) == 0 ? information.st_mode & 0o7777 : nil
    }

    @Test func otherUsersCannotListThePrivateFolder() throws {
        let directory = try PrivateDirectory("run", in: place.path)
        #expect(directory.path.hasPrefix("\(place.path)/run."))
        #expect(permissions(directory.path) == 0o711)
    }

    @Test func noTwoAreTheSame() throws {
        let one = try PrivateDirectory("run", in: place.path)
        let other = try PrivateDirectory("run", in: place.path)
        #expect(one.path != other.path)
    }

    /// Names need not be text, and directories may lie in directories.
    @Test func privateFolderIsRemovedWithItsContents() throws {
        let outside = try place.write("text", to: "outside")
        let path: String
        do {
            let directory = try PrivateDirectory("run", in: place.path)
            path = directory.path
            let file = try directory.write("file", Array("text".utf8), permissions: 0o600)
            #expect(access(file, F_OK) == 0)
            try directory.makeDirectory("inner", for: getuid())
            for name in ["inner/one", "inner/one/two", "inner/one/two/three"] {
                #expect(mkdir("\(path)/\(name)", 0o000) == 0 && chmod("\(path)/\(name)", 0o700) == 0)
            }
            #expect(symlink(place.path, "\(path)/inner/link") == 0)
            #expect(symlink(outside, "\(path)/inner/one/link") == 0)
            let odd = Array("\(path)/inner/one/".utf8CString.dropLast()) + [-1, -2, 0]
            #expect(mkfifo(odd, 0o600) == 0)
            withExtendedLifetime(directory) {}
        }
        #expect(access(path, F_OK) != 0)
        #expect(try contents(ofFile: outside) == Array("text".utf8))
    }

    @Test(.enabled(if: getuid() == 0, "only root can give directories away"))
    func aFolderInItBelongsToOneUserAlone() throws {
        let path: String
        do {
            let directory = try PrivateDirectory("run", in: place.path)
            path = directory.path
            try directory.makeDirectory("inner", for: 65534)
            #expect(permissions("\(path)/inner") == 0o700)
            var information = stat()
            #expect(stat("\(path)/inner", &information) == 0)
            #expect(information.st_uid == 65534)
            #expect(mkdir("\(path)/inner/theirs", 0o700) == 0 && chown("\(path)/inner/theirs", 65534, 65534) == 0)
            withExtendedLifetime(directory) {}
        }
        #expect(access(path, F_OK) != 0)
    }

    @Test(arguments: [0o600, 0o644, 0o666] as [UInt32])
    func aFileHasItsTextAndPermissionsWhateverTheMask(mode: UInt32) throws {
        let directory = try PrivateDirectory("run", in: place.path)
        let file = try directory.write("file", Array("text".utf8), permissions: mode)
        #expect(file == "\(directory.path)/file")
        #expect(try contents(ofFile: file) == Array("text".utf8))
        #expect(permissions(file) == mode)
    }

    @Test func aNameThatIsTakenIsNotWrittenTo() throws {
        let directory = try PrivateDirectory("run", in: place.path)
        let file = try directory.write("file", Array("text".utf8), permissions: 0o600)
        #expect(throws: SystemError("write '\(file)'", code: EEXIST)) {
            try directory.write("file", Array("other".utf8), permissions: 0o600)
        }
        #expect(try contents(ofFile: file) == Array("text".utf8))
    }

    @Test func aPlaceWhereAnotherUserCouldReplaceItIsRefused() throws {
        chmod(place.path, 0o757)
        let action = "make a directory in '\(place.path)', which another user could replace"
        #expect(throws: SystemError(action, code: EPERM)) {
            _ = try PrivateDirectory("run", in: place.path)
        }
    }

    @Test func pathOfThePrivateFolderHasNoSymbolicLinks() throws {
        symlink(place.path, "\(place.path)/link")
        let directory = try PrivateDirectory("run", in: "\(place.path)/link")
        #expect(directory.path.hasPrefix("\(place.path)/run."))
    }

    @Test func aPlaceThatIsNoneIsNamed() throws {
        #expect(throws: SystemError("make a directory in '/no/such/place'", code: ENOENT)) {
            _ = try PrivateDirectory("run", in: "/no/such/place")
        }
    }
}
