import Glibc
import ListenerKit

/// The machine on which `check` runs, as far as rules ask about it; tests have one of their own.
struct Machine: Sendable {
    /// Whether the accounts are known completely, so that one that is not found does not exist.
    var knowsAllAccounts: Bool
    /// The id of the user whom supervisord would run as.
    var userID: UInt32
    /// Returns the id of a user who is given by name or id; nil if there is none.
    var idOfUser: @Sendable (String) -> UInt32?
    /// Whether a group exists, by name or id.
    var hasGroup: @Sendable (String) -> Bool
    /// Whether a path names a directory.
    var isDirectory: @Sendable (String) -> Bool
    /// Returns the owner and the permissions of a folder; nil if there is none.
    var ownerOfFolder: @Sendable (String) -> (user: UInt32, permissions: UInt32)? = { _ in nil }
    /// Whether a path names a pipe.
    var isPipe: @Sendable (String) -> Bool
    /// Whether a path names anything.
    var exists: @Sendable (String) -> Bool
    /// The folders in which programs without a path are found.
    var programFolders: [String]
    /// The home directory; nil if `$HOME` is not set.
    var home: String?

    /// This machine.
    static func current() -> Machine {
        let environment = currentEnvironment()
        return Machine(
            knowsAllAccounts: AccountFile.areComplete(),
            userID: geteuid(),
            idOfUser: { UserAccount($0)?.userID },
            hasGroup: { !AccountFile.entries(of: "/etc/group", named: $0).isEmpty },
            isDirectory: { FileKind(path: $0) == .directory },
            ownerOfFolder: { owner(ofFolder: $0) },
            isPipe: { FileKind(path: $0) == .namedPipe },
            exists: { access($0, F_OK) == 0 },
            programFolders: (environment["PATH"] ?? "").split(separator: ":").map { String($0) },
            home: environment["HOME"]
        )
    }

    private static func owner(ofFolder path: String) -> (user: UInt32, permissions: UInt32)? {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            return nil
        }
        return (information.st_uid, information.st_mode & 0o777)
    }

    /// Returns whether there is a program of a name or path; nil if that depends on the folder in which it is looked up.
    func hasProgram(_ name: String) -> Bool? {
        guard name.utf8.contains(UInt8(ascii: "/")) else {
            return programFolders.contains { exists(PathText.joined($0, name)) }
        }
        return name.utf8.first == UInt8(ascii: "/") ? exists(name) : nil
    }
}
