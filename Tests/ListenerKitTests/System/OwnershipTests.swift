import Glibc
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct OwnershipTests {
    /// A folder in a folder, with a file in it.
    private let folder: TemporaryFolder
    private let file: String

    init() throws {
        folder = try TemporaryFolder()
        mkdir("\(folder.path)/inner", 0o755)
        chmod(folder.path, 0o755)
        file = try folder.write("", to: "inner/file")
    }

    private func make(_ path: String, _ permissions: mode_t, owner: uid_t = getuid()) {
        #expect(chown(path, owner, .max) == 0)
        #expect(chmod(path, permissions) == 0)
    }

    @Test(arguments: [(0o755, true), (0o1777, true), (0o775, false), (0o757, false)])
    func aFileIsTrustedWhereNobodyElseCanReplaceIt(permissions: mode_t, isTrusted: Bool) {
        for place in [folder.path, "\(folder.path)/inner"] {
            make(place, permissions)
            #expect(trustedFile(file) == (isTrusted ? file : nil))
            make(place, 0o755)
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"), arguments: ["", "/inner", "/inner/file"])
    func filesOfOtherUsersAreNotTrusted(name: String) {
        make(folder.path + name, 0o755, owner: 65534)
        #expect(trustedFile(file) == nil)
    }

    @Test func aLinkOrAFolderIsNotTrusted() {
        symlink(file, "\(folder.path)/link")
        #expect(trustedFile("\(folder.path)/link") == nil)
        #expect(trustedFile(folder.path) == nil)
        #expect(trustedFile("\(folder.path)/none") == nil)
    }

    @Test func aFileBehindALinkIsTrustedByItsOwnPath() {
        symlink("\(folder.path)/inner", "\(folder.path)/link")
        #expect(trustedFile("\(folder.path)/link/file") == file)
    }

    @Test(arguments: [
        (0o755, 0o644, true), (0o711, 0o444, true), (0o700, 0o644, false), (0o701, 0o644, false),
        (0o755, 0o600, false), (0o755, 0o640, false), (0o755, 0o604, false),
    ])
    func aFileIsReadableByAllWhereItsFoldersLetThem(folderMode: mode_t, fileMode: mode_t, isReadable: Bool) {
        symlink(file, "\(folder.path)/link")
        make(folder.path, 0o755)
        make(file, fileMode)
        make("\(folder.path)/inner", folderMode)
        #expect(isReadableByAll(file) == isReadable)
        #expect(isReadableByAll("\(folder.path)/link") == isReadable)
        #expect(!isReadableByAll("\(folder.path)/none"))
    }
}
