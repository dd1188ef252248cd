import Synchronization

/// Receives the notifications of all programs for `supervise`, and passes them on to its listeners.
///
/// It always receives, so that no program ever waits because a listener does not read, or is not there.
package final class NotificationRelay: Sendable {
    /// The environment variable with the path at which listeners connect.
    package static let variable = "LISTENERD_NOTIFICATIONS"
    /// How long to wait after a failure to accept a connection, as there is if no descriptor is free.
    private static let delayAfterFailure = Duration.seconds(1)
    /// How many listeners are served.
    private static let mostListeners = 64

    fileprivate struct State {
        var supervisord: Int32?
        var remembered = RememberedNotifications()
        var listeners: [Int32: RelayedListener] = [:]
    }

    /// The path at which programs send.
    package let programPath: String
    /// The path at which listeners connect.
    package let listenerPath: String

    private let receiver: NotificationReceiver
    private let connections: ListeningSocket
    private let thread: PollThread
    private let state = Mutex(State())

    /// Makes both sockets in a folder that only this user can change; whoever owns the folder removes them.
    ///
    /// - Parameter folder: The path of the folder.
    /// - Throws: ``SystemError``.
    package init(in folder: String) throws(SystemError) {
        programPath = "\(folder)/notify"
        listenerPath = "\(folder)/notifications"
        thread = try PollThread()
        receiver = NotificationReceiver(try NotificationSocket.open(atPath: programPath), on: thread)
        connections = try ListeningSocket(at: SocketAddress(path: listenerPath))
        try letEveryUserConnect(to: listenerPath)
    }

    /// Starts to receive, and to accept listeners.
    ///
    /// - Parameters:
    ///   - users: The users that listeners run as.
    ///   - reporter: Reports other users that connect.
    package func start(trusting users: Set<UInt32>, _ reporter: Reporter) {
        receiver.start { [weak self] in self?.passOn($0) }
        accept(trusting: users, reporter)
    }

    /// Tells which process is supervisord: only what its children say is remembered.
    package func setSupervisord(_ pid: Int32) {
        state.withLock { $0.supervisord = pid }
    }

    /// Stops receiving.
    package func finish() {
        thread.finish()
    }
}

// MARK: - Programs

extension NotificationRelay {
    private func passOn(_ notification: ReceivedNotification) {
        let listeners = state.withLock { state in
            if let process = state.program(of: notification) {
                state.remembered.record(notification.assignments, of: process)
            }
            return Array(state.listeners.values)
        }
        let record = NotificationRecord.encode(notification)
        for listener in listeners {
            send(record, to: listener)
        }
    }
}

extension NotificationRelay.State {
    /// Returns the child of supervisord that a notification comes from; nil if there is none.
    fileprivate func program(of notification: ReceivedNotification) -> RememberedNotifications.Process? {
        for sender in notification.senders.compactMap({ Int32(exactly: $0) }) {
            if let status = ProcessStatus(pid: sender), status.parent == supervisord {
                return RememberedNotifications.Process(pid: sender, forkTime: status.forkTime)
            }
        }
        return nil
    }

    /// Returns what the processes that are still there have said.
    fileprivate mutating func rememberedOfRunning() -> [ReceivedNotification] {
        remembered.keepOnly { process in
            guard let status = ProcessStatus(pid: process.pid) else {
                return false
            }
            return !status.hasExited && status.parent == supervisord && status.forkTime == process.forkTime
        }
        return remembered.notifications
    }
}

// MARK: - Listeners

extension NotificationRelay {
    private func accept(trusting users: Set<UInt32>, _ reporter: Reporter) {
        thread.watch(connections.descriptor, for: .readable) { [weak self] in
            guard let self else {
                return
            }
            do throws(SystemError) {
                while let connection = try connections.accept() {
                    admit(StreamSocket(accepted: connection), trusting: users, reporter)
                }
            } catch {
                // The connection is still there, so that the thread would be called again at once.
                thread.unwatch(connections.descriptor)
                _ = thread.schedule(after: Self.delayAfterFailure) { [weak self] in
                    self?.accept(trusting: users, reporter)
                }
            }
        }
    }

    private func admit(_ socket: StreamSocket, trusting users: Set<UInt32>, _ reporter: Reporter) {
        guard let user = socket.peer?.user, users.contains(user) else {
            let user = socket.peer.map { "user \($0.user)" } ?? "an unknown user"
            let message = "passing no notifications on to a process of \(user): no listener runs as that user"
            return reporter.reportOnce(.warning, message)
        }
        let listener = RelayedListener(socket)
        let records = state.withLock { state -> [UInt8]? in
            guard state.listeners.count < Self.mostListeners else {
                return nil
            }
            state.listeners[listener.fileDescriptor] = listener
            return state.rememberedOfRunning().flatMap { NotificationRecord.encode($0) }
        }
        if let records {
            waitForEnd(of: listener)
            send(records, to: listener)
        }
    }

    /// Sends bytes to a listener, now or once it has read what it was sent before; one that reads nothing is dropped, and will
    /// connect again.
    private func send(_ bytes: [UInt8], to listener: RelayedListener) {
        let wasWaiting = listener.isWaiting
        guard listener.send(bytes) else {
            return drop(listener)
        }
        guard listener.isWaiting, !wasWaiting else {
            return
        }
        thread.unwatch(listener.fileDescriptor)
        thread.watch(listener.fileDescriptor, for: .writable) { [weak self, listener] in
            guard let self else {
                return
            }
            guard listener.send([]) else {
                return drop(listener)
            }
            if !listener.isWaiting {
                thread.unwatch(listener.fileDescriptor)
                waitForEnd(of: listener)
            }
        }
    }

    private func waitForEnd(of listener: RelayedListener) {
        thread.watch(listener.fileDescriptor, for: .readable) { [weak self, listener] in
            if listener.hasEnded {
                self?.drop(listener)
            }
        }
    }

    private func drop(_ listener: RelayedListener) {
        thread.unwatch(listener.fileDescriptor)
        state.withLock { state in _ = state.listeners.removeValue(forKey: listener.fileDescriptor) }
    }
}
