/// The user of a single thread; the C library has calls only for all threads at once.
enum ThreadUser {
    /// Gives the calling thread the groups of a user, and the user's ids as its real ones.
    ///
    /// The effective ids and the saved ones stay those of root. So no process of that user can inspect the thread, through which it
    /// would reach everything that root has here. A child that is started with `POSIX_SPAWN_RESETIDS` has the user's ids alone.
    ///
    /// - Parameter account: The user.
    /// - Throws: ``SystemError`` unless this process has all that root may do.
    static func become(_ account: UserAccount) throws(SystemError) {
        _ = wasInspectable
        // Otherwise the child would keep what root has been given for its children.
        _ = controlProcess(ambientCapabilities, clearAll, 0, 0, 0)
        try SystemCall.setRealUser(account.userID, groups: account.groupIDs())
    }

    /// Lets other processes of root inspect this process, if they could before.
    ///
    /// The kernel keeps them from that once a child, which has the memory of this process until it executes its program, becomes
    /// another user. In a container, they include those that look for a `supervise` in `/proc`.
    static func restoreInspection() {
        if wasInspectable {
            _ = controlProcess(setInspectable, 1, 0, 0, 0)
        }
    }

    private static let wasInspectable = controlProcess(getInspectable, 0, 0, 0, 0) == 1
    /// `PR_GET_DUMPABLE`, `PR_SET_DUMPABLE`, `PR_CAP_AMBIENT` and `PR_CAP_AMBIENT_CLEAR_ALL` in `<linux/prctl.h>`.
    private static let getInspectable: Int32 = 3
    private static let setInspectable: Int32 = 4
    private static let ambientCapabilities: Int32 = 47
    private static let clearAll: UInt = 4
}

/// The C library's `prctl`, which Swift cannot import because it is variadic.
@_silgen_name("prctl")
private func controlProcess(_ option: Int32, _ second: UInt, _ third: UInt, _ fourth: UInt, _ fifth: UInt) -> Int32
