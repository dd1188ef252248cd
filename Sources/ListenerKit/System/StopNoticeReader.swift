import Glibc

/// What a listener sees of the ``StopNotice`` of the `supervise` that runs it.
///
/// A notice that cannot be read says nothing: then there is no `supervise` that could have posted it.
package struct StopNoticeReader: Sendable {
    private let statusFile: String
    private let path: String

    /// Describes the notice beside a socket; there need not be one.
    ///
    /// - Parameter statusFile: The path of the ``StatusSocket``.
    package init(beside statusFile: String) {
        self.statusFile = statusFile
        path = StopNotice.path(beside: statusFile)
    }

    /// Whether there is a notice at all, posted or not.
    package var exists: Bool { fileExists(path) }

    /// Whether everything is being stopped, for good.
    package var isPosted: Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_size > 0
    }

    /// Whether everything is being stopped by a `supervise` that has died meanwhile.
    package var isAbandoned: Bool {
        // Its end closes the socket, but leaves both files where they are if it was killed.
        guard isPosted, let address = SocketAddress(path: statusFile) else {
            return false
        }
        return (try? !DatagramSocket.isReceiving(at: address)) ?? false
    }

    /// Tells the `supervise` that has posted the notice that everything before one of its marks has been handled.
    ///
    /// - Parameters:
    ///   - mark: The mark.
    ///   - pool: The pool of the listener.
    /// - Throws: ``SystemError`` if nothing listens there.
    func answer(_ mark: String, from pool: String) throws(SystemError) {
        try MarkSocket.answer(mark, from: pool, beside: statusFile)
    }

    /// Starts something unless everything is being stopped; a stop that begins meanwhile waits for this start.
    ///
    /// - Parameter start: Starts it.
    /// - Returns: What the closure returns; nil if it was not called, because nothing may be started any more.
    /// - Throws: What the closure throws.
    func unlessPosted<Value, Failure: Error>(_ start: () throws(Failure) -> Value) throws(Failure) -> Value? {
        let descriptor = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else {
            return try start()
        }
        let file = FileDescriptor(owning: descriptor)
        // If this fails, another user plays tricks: `supervise` takes its lock only once the notice is posted.
        flock(descriptor, LOCK_SH | LOCK_NB)
        var information = stat()
        guard fstat(descriptor, &information) != 0 || information.st_size == 0 else {
            return nil
        }
        // The lock ends with the descriptor.
        defer { withExtendedLifetime(file) {} }
        return try start()
    }
}

extension StopNoticeReader {
    /// Describes the notice that is meant for a listener; nil if no `supervise` runs it.
    ///
    /// - Parameter environment: The variables as ``listenerEnvironment(_:of:)`` returns them.
    package init?(environment: [String: String]) {
        guard let statusFile = environment[StatusSocket.variable] else {
            return nil
        }
        self.init(beside: statusFile)
    }
}
