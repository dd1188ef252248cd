/// Looks up host names; the C library's resolver blocks, so each has a thread of its own meanwhile.
final class NameLookups: Sendable {
    /// An outcome.
    typealias Outcome = Result<[SocketAddress], SocketAddress.UnknownHost>

    private let turns = Turns(4)
    private let thread: PollThread

    /// Prepares to look up names.
    ///
    /// - Parameter thread: The thread on which outcomes are delivered.
    init(_ thread: PollThread) {
        self.thread = thread
    }

    /// Looks up a host; only a few at the same time, the others wait.
    ///
    /// - Parameters:
    ///   - host: Its name.
    ///   - port: The port of the addresses.
    ///   - isWanted: Returns whether the outcome is still of use when the lookup is to begin.
    ///   - deliver: Delivers the outcome, on the poll thread.
    func lookUp(
        _ host: String,
        port: UInt16,
        isWanted: @escaping @Sendable () -> Bool,
        _ deliver: @escaping @Sendable (Outcome) -> Void
    ) {
        turns.wait { [turns, thread] in
            guard isWanted() else {
                return false
            }
            do throws(SystemError) {
                try startThread(inheritsSignalMask: false) {
                    let outcome = Outcome { () throws(SocketAddress.UnknownHost) in
                        try SocketAddress.resolve(host, port: port)
                    }
                    thread.perform {
                        turns.end()
                        deliver(outcome)
                    }
                }
                return true
            } catch {
                deliver(.failure(SocketAddress.UnknownHost(reason: error.description)))
                return false
            }
        }
    }
}
