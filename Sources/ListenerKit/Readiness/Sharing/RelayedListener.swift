import Synchronization

/// The connection to a listener that notifications are passed on to.
///
/// It is closed with this object. Nothing here waits.
final class RelayedListener: Sendable {
    /// A listener that has not read so many bytes reads nothing at all.
    private static let capacity = 1 << 20

    private let socket: StreamSocket
    /// What the listener has no room for yet.
    private let rest = Mutex<[UInt8]>([])

    /// Describes a connection.
    init(_ socket: StreamSocket) {
        self.socket = socket
    }

    /// The descriptor to poll.
    var fileDescriptor: Int32 { socket.fileDescriptor }

    /// Whether bytes wait until the listener reads.
    var isWaiting: Bool { rest.withLock { !$0.isEmpty } }

    /// Whether the listener has closed the connection; it sends nothing.
    var hasEnded: Bool {
        var bytes = [UInt8](repeating: 0, count: 256)
        return switch socket.receive(into: &bytes) {
        case .moved(let count): count == 0
        case .mustWait: false
        case .failed: true
        }
    }

    /// Sends bytes, and those that wait, as far as there is room.
    ///
    /// - Parameter bytes: The bytes.
    /// - Returns: Whether the connection can still be used.
    func send(_ bytes: [UInt8]) -> Bool {
        rest.withLock { rest in
            rest += bytes
            var sent = 0
            while sent < rest.count {
                switch socket.send(rest[sent...]) {
                case .moved(let count): sent += count
                case .failed: return false
                case .mustWait:
                    rest.removeFirst(sent)
                    return rest.count <= Self.capacity
                }
            }
            rest = []
            return true
        }
    }
}
