import Synchronization

/// Finds out as which user a command can be run.
final class CommandUsers: Sendable {
    /// There is no such user.
    struct UnknownUser: Error {
        /// The name or id.
        let name: String
    }

    private let inbox: ReadinessInbox
    private let ownUser: UInt32
    private let warned = Mutex<Set<String>>([])

    /// Creates one that warns.
    ///
    /// - Parameters:
    ///   - inbox: Gets a warning for each program whose commands do not run as its user.
    ///   - ownUser: The id of the user of this process.
    init(_ inbox: ReadinessInbox, ownUser: UInt32 = currentUserID()) {
        self.inbox = inbox
        self.ownUser = ownUser
    }

    /// Returns the user that the child of this process has to become; nil if it runs as the user of this process.
    ///
    /// - Parameters:
    ///   - user: `user=` of the program; nil if it has none.
    ///   - process: The process that the command is about.
    /// - Returns: The user.
    /// - Throws: ``UnknownUser``.
    func account(_ user: String?, of process: ProcessName) throws(UnknownUser) -> UserAccount? {
        guard let user else {
            return nil
        }
        guard let account = UserAccount(user) else {
            throw UnknownUser(name: user)
        }
        guard account.userID != ownUser else {
            return nil
        }
        guard ownUser == 0 else {
            warn(of: process, user)
            return nil
        }
        return account
    }

    /// Warns once for all processes of a program.
    private func warn(of process: ProcessName, _ user: String) {
        guard warned.withLock({ $0.insert("\(process.group) \(user)").inserted }) else {
            return
        }
        let text = "exec: of \(process) runs as user \(ownUser) instead of \(user): only root can become another user"
        inbox.add(.warning(text))
    }
}
