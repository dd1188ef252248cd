import Synchronization

/// Finds out as which user a command can be run.
final class CommandUsers: Sendable {
    /// There is no such user.
    struct UnknownUser: Error {
        /// The name or id.
        let name: String
    }

    private let inbox: ReadinessInbox
    private let warnings = Mutex<Set<String>>([])

    /// Creates one that warns.
    ///
    /// - Parameter inbox: Gets a warning for each process whose commands do not run as its user.
    init(_ inbox: ReadinessInbox) {
        self.inbox = inbox
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
        let own = currentUserID()
        guard own != 0, account.userID != own else {
            return account.userID == own ? nil : account
        }
        warn("exec: of \(process) runs as user \(own) instead of \(user): only root can become another user")
        return nil
    }

    private func warn(_ text: String) {
        if warnings.withLock({ $0.insert(text).inserted }) {
            inbox.add(.warning(text))
        }
    }
}
