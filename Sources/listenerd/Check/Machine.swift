#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif
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
    /// Whether a path names a pipe.
    var isPipe: @Sendable (String) -> Bool
    /// The home directory; nil if `$HOME` is not set.
    var home: String?

    /// This machine.
    static func current() -> Machine {
        Machine(
            knowsAllAccounts: AccountFile.areComplete(),
            userID: geteuid(),
            idOfUser: { UserAccount($0)?.userID },
            hasGroup: { !AccountFile.entries(of: "/etc/group", named: $0).isEmpty },
            isDirectory: { FileKind(path: $0) == .directory },
            isPipe: { FileKind(path: $0) == .namedPipe },
            home: currentEnvironment()["HOME"]
        )
    }
}
