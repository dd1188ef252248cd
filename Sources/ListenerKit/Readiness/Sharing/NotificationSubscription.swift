import Synchronization

/// A listener's connection to the ``NotificationRelay`` of `supervise`, which is made again whenever it breaks.
final class NotificationSubscription: Sendable {
    private static let shortestPause = Duration.milliseconds(50)
    private static let longestPause = Duration.seconds(5)

    private struct State {
        var socket: StreamSocket?
        var reader = NotificationRecordReader()
        var pause = NotificationSubscription.shortestPause
    }

    private let path: String
    private let inbox: ReadinessInbox
    private let thread: PollThread
    private let state = Mutex(State())

    /// Prepares to connect.
    ///
    /// - Parameters:
    ///   - path: The path of the relay.
    ///   - inbox: Where notifications go.
    ///   - thread: The thread that receives them.
    init(path: String, _ inbox: ReadinessInbox, _ thread: PollThread) {
        self.path = path
        self.inbox = inbox
        self.thread = thread
    }

    deinit {
        if let socket = state.withLock({ $0.socket }) {
            thread.unwatch(socket.fileDescriptor)
        }
    }

    /// Connects, now or later.
    func start() {
        thread.perform { [weak self] in self?.connect() }
    }

    private func connect() {
        guard let address = SocketAddress(path: path), let socket = try? StreamSocket(for: address),
            socket.connect(to: address) == .done
        else {
            return connectLater()
        }
        state.withLock { state in
            state.socket = socket
            state.reader = NotificationRecordReader()
        }
        thread.watch(socket.fileDescriptor, for: .readable) { [weak self] in self?.receive(from: socket) }
    }

    private func connectLater() {
        let pause = state.withLock { state in
            defer { state.pause = min(state.pause * 2, Self.longestPause) }
            return state.pause
        }
        _ = thread.schedule(after: pause) { [weak self] in self?.connect() }
    }

    private func receive(from socket: StreamSocket) {
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        switch socket.receive(into: &bytes) {
        case .mustWait: return
        case .moved(let count) where count > 0:
            let notifications = state.withLock { state in
                state.pause = Self.shortestPause
                return state.reader.append(bytes[..<count])
            }
            for notification in notifications {
                inbox.add(.notified(notification))
            }
        case .moved, .failed:
            thread.unwatch(socket.fileDescriptor)
            state.withLock { $0.socket = nil }
            connectLater()
        }
    }
}
