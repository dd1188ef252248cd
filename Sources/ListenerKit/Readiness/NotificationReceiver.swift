/// Receives notifications at one address, on a thread that it shares.
package final class NotificationReceiver: Sendable {
    /// How many notifications are received before the thread may do something else.
    private static let batch = 64

    private let socket: NotificationSocket
    private let thread: PollThread

    /// Starts to receive.
    ///
    /// - Parameters:
    ///   - socket: The socket.
    ///   - thread: The thread.
    ///   - body: Called on the thread with each notification.
    package init(
        _ socket: consuming NotificationSocket,
        on thread: PollThread,
        _ body: @escaping @Sendable (ReceivedNotification) -> Void
    ) {
        self.socket = socket
        self.thread = thread
        thread.watch(self.socket.fileDescriptor, for: .readable) { [weak self] in self?.receive(body) }
    }

    deinit {
        thread.unwatch(socket.fileDescriptor)
    }

    private func receive(_ body: (ReceivedNotification) -> Void) {
        for _ in 0..<Self.batch {
            guard let notification = socket.receive() else {
                return
            }
            body(notification)
        }
    }
}
