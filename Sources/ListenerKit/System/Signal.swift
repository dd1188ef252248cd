#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A signal of the system, by its number.
package struct Signal: RawRepresentable, Hashable, Sendable {
    /// The system's number.
    package let rawValue: Int32

    /// Takes the system's number.
    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// SIGTERM.
    package static let terminate = Signal(rawValue: SIGTERM)
    /// SIGINT.
    package static let interrupt = Signal(rawValue: SIGINT)
    /// SIGHUP.
    package static let hangUp = Signal(rawValue: SIGHUP)
    /// SIGUSR2.
    package static let user2 = Signal(rawValue: SIGUSR2)
}
