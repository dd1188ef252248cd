extension Supervisor {
    /// supervisord accepts one connection in each pass of its loop, so that many passes follow, some milliseconds in all.
    private static let connectionCount = 16
    private static let connectTimeout = Duration.milliseconds(20)

    /// Keeps supervisord's loop awake for some passes, so that it sees the end of this process, which is to follow at once.
    ///
    /// The end closes this process's pipes, which wakes supervisord just before there is an end that it could see; and it looks
    /// again only a second later. Nothing happens if the address has to be looked up by name, which may take long.
    func nudgeBeforeEnd() {
        let addresses = endpoint.addressesWithoutLookup
        guard !addresses.isEmpty else {
            return
        }
        let deadline = Deadline(after: Self.connectTimeout)
        for _ in 0..<Self.connectionCount {
            guard (try? Connection.open(to: addresses, by: deadline)) != nil else {
                return
            }
        }
    }
}
