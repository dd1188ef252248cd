import ListenerKit

/// A user account in `/etc/passwd`.
///
/// The C library would ask name services too, but cannot do so in a program without shared libraries.
struct UserAccount: Equatable, Sendable {
    /// The user id.
    let userID: UInt32
    /// The id of the user's primary group.
    let groupID: UInt32

    /// Looks up a user by name or id, as in `user=`; nil results if there is none.
    init?(_ text: String) {
        for fields in AccountFile.entries(of: "/etc/passwd", named: text) where fields.count > 3 {
            if let user = AccountFile.id(fields[2]), let group = AccountFile.id(fields[3]) {
                self.userID = user
                self.groupID = group
                return
            }
        }
        return nil
    }
}
