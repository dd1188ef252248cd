import Synchronization

/// Receives notifications.
final class NotificationSockets: Sendable {
    private let inbox: ReadinessInbox
    private let thread: PollThread
    private let receivers = Mutex<[String: NotificationReceiver]>([:])

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
                receivers[address] = NotificationReceiver(socket, on: thread) { [inbox] in inbox.add(.notified($0)) }
            } catch {
                inbox.add(.warning("\(error)"))
            }
        }
    }

    func receiveShared() -> Bool { false }
}
