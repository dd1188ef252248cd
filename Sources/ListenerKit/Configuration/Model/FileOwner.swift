/// The owner of a socket file: `chown` of a server, or `socket_owner` of a FastCGI program.
public struct FileOwner: Hashable, Sendable {
    /// The name or the id of the user.
    public let user: String
    /// The name or the id of the group; nil if none is given, so that the file keeps its group.
    public let group: String?

    /// Parses `user` or `user:group`; nil results if either is empty, or has a colon, which no name can have.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }) else {
            return nil
        }
        user = String(Substring(parts[0]))
        group = parts.count > 1 ? String(Substring(parts[1])) : nil
    }
}
