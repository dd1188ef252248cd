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
        let lines = (try? contents(ofFile: "/etc/passwd"))?.split(separator: UInt8(ascii: "\n")) ?? []
        for line in lines {
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
            guard fields.count > 3, fields[0].elementsEqual(text.utf8) || fields[2].elementsEqual(text.utf8),
                let user = Int(decimal: fields[2]).flatMap({ UInt32(exactly: $0) }),
                let group = Int(decimal: fields[3]).flatMap({ UInt32(exactly: $0) })
            else {
                continue
            }
            self.userID = user
            self.groupID = group
            return
        }
        return nil
    }
}
