extension Supervisor {
    /// supervisord accepts one connection in each pass of its loop: this many passes take some milliseconds.
    private static let connectionCount = 16
    private static let connectTimeout = Duration.milliseconds(20)

    /// Nudges supervisord for some passes of its loop, so that it notices the exit of this process, which must follow at once.
    ///
    /// The exit closes this process's pipes, which wakes supervisord just before there is an exit status to reap; it would look again
    /// only a second later. If the address needs a name service, which may take long, nothing is done.
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
