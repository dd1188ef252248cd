/// Receives notifications at one address, on a thread that it shares, as long as this object lives.
final class NotificationReceiver: Sendable {
    /// How many notifications are received before the thread may do something else.
    private static let batch = 64

    private let socket: NotificationSocket
    private let thread: PollThread

    /// Prepares to receive.
    ///
    /// - Parameters:
    ///   - socket: The socket.
    ///   - thread: The thread.
    init(_ socket: consuming NotificationSocket, on thread: PollThread) {
        self.socket = socket
        self.thread = thread
    }

    deinit {
        thread.unwatch(socket.fileDescriptor)
    }

    /// Starts to receive.
    ///
    /// - Parameter body: Called on the thread with each notification.
    func start(_ body: @escaping @Sendable (ReceivedNotification) -> Void) {
        thread.watch(socket.fileDescriptor, for: .readable) { [weak self] in self?.receive(body) }
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
