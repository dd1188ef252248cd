import ListenerKit

/// A user of the system, as `/etc/passwd` has it.
///
/// The C library would ask name services too, which a program without shared libraries cannot.
struct UserAccount: Equatable, Sendable {
    /// The number of the user.
    let user: UInt32
    /// The number of the user's first group.
    let group: UInt32

    /// Looks a user up, by name or by number as `user=` takes them; nil where there is none.
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
            self.user = user
            self.group = group
            return
        }
        return nil
    }
}
