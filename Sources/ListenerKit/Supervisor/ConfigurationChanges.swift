/// The groups that differ between supervisord's running configuration and the one that it has just read.
public struct ConfigurationChanges: Hashable, Sendable {
    /// The groups that only the new configuration has.
    public var added: [String]
    /// The groups that the new configuration changes.
    public var changed: [String]
    /// The groups that the new configuration no longer has.
    public var removed: [String]

    /// Creates a list of changes.
    ///
    /// - Parameters:
    ///   - added: The groups that only the new configuration has.
    ///   - changed: The groups that the new configuration changes.
    ///   - removed: The groups that the new configuration no longer has.
    public init(added: [String] = [], changed: [String] = [], removed: [String] = []) {
        self.added = added
        self.changed = changed
        self.removed = removed
    }
}

extension ConfigurationChanges {
    /// Reads the reply to `reloadConfig`, which is an array in an array of three arrays.
    init?(_ reply: XMLRPCValue) {
        guard let lists = reply.array?.first?.array, lists.count == 3 else {
            return nil
        }
        let names = lists.map { $0.array?.compactMap(\.string) ?? [] }
        self.init(added: names[0], changed: names[1], removed: names[2])
    }
}
