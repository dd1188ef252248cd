import ListenerKit

/// The last event or snapshot that a handler had been given: all handlers are given these in the same order.
package enum ReplayPosition: Hashable, Sendable {
    /// None had been given.
    case beginning
    /// An event, by supervisord's number.
    case event(serial: Int)
    /// A snapshot, counted from 1 in the life of the listener.
    case snapshot(number: Int)

    private static let serial = "serial"
    private static let snapshot = "snapshot"

    /// Writes the position: `{"serial":12}`, `{"snapshot":1}` or `{}`.
    func write(to json: inout JSONText) {
        json.object { json in
            switch self {
            case .beginning: break
            case .event(let serial):
                json.key(Self.serial)
                json.number(serial)
            case .snapshot(let number):
                json.key(Self.snapshot)
                json.number(number)
            }
        }
    }
}
