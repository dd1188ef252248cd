import Synchronization

/// Receives notifications.
final class NotificationSockets: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread
    private let receivers = Mutex<[String: NotificationReceiver]>([:])
    private let subscription = Mutex<NotificationSubscription?>(nil)

    /// Prepares to receive.
    ///
    /// - Parameters:
    ///   - inbox: Where notifications and warnings go.
    ///   - thread: The thread that receives.
    init(_ inbox: ReadinessInbox, _ thread: PollThread) {
        self.inbox = inbox
        self.thread = thread
    }

    /// Receives notifications at an address, unless that is done already; if it cannot be, there is a warning.
    func receive(at address: String) {
        receivers.withLock { receivers in
            guard receivers[address] == nil else {
                return
            }
            do throws(NotificationSocketError) {
                let socket = try NotificationSocket.open(at: address)
                let receiver = NotificationReceiver(socket, on: thread)
                receiver.start { [inbox] in inbox.add(.notified($0)) }
                receivers[address] = receiver
            } catch {
                inbox.add(.warning("\(error)"))
            }
        }
    }

    /// Receives what `supervise` receives, unless that is done already.
    ///
    /// - Parameter path: The path at which `supervise` passes notifications on; nil if it does not.
    /// - Returns: Whether it does.
    func receiveShared(
        from path: String? = currentEnvironment()[NotificationRelay.variable]
    ) -> Bool {
        guard let path else {
            return false
        }
        subscription.withLock { subscription in
            guard subscription == nil else {
                return
            }
            let new = NotificationSubscription(path: path, inbox, thread)
            new.start()
            subscription = new
        }
        return true
    }
}
