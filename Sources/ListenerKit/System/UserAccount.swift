/// A user account in `/etc/passwd`.
///
/// The C library would ask name services too, but cannot do so in a program without shared libraries.
package struct UserAccount: Equatable, Sendable {
    /// The user id.
    package let userID: UInt32
    /// The id of the user's primary group.
    package let groupID: UInt32
    private let name: [UInt8]

    /// Looks up a user by name or id, as in `user=`; nil results if there is none.
    package init?(_ text: String) {
        for fields in AccountFile.entries(of: "/etc/passwd", named: text) where fields.count > 3 {
            if let user = AccountFile.id(fields[2]), let group = AccountFile.id(fields[3]) {
                userID = user
                groupID = group
                name = Array(fields[0])
                return
            }
        }
        return nil
    }

    /// Returns the ids of the user's groups, the primary one first.
    ///
    /// - Parameter path: The file of groups.
    /// - Returns: The ids.
    package func groupIDs(in path: String = "/etc/group") -> [UInt32] {
        let others = AccountFile.entries(of: path).filter { fields in
            fields.count > 3 && fields[3].split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual(name) }
        }
        return [groupID] + others.compactMap { AccountFile.id($0[2]) }.filter { $0 != groupID }
    }
}
