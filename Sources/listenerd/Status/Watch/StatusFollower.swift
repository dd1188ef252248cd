import ListenerKit
import Synchronization

/// Finds out how all processes stand, again and again, on a thread of its own: supervisord may take long to answer.
final class StatusFollower: Sendable {
    /// How long to wait between two looks.
    private static let interval = Duration.milliseconds(500)

    private let options: OptionValues
    private let wakeUp: WakeUp
    private let latest = Mutex<Result<StatusObservation, any Error>?>(nil)

    /// Begins to find out.
    ///
    /// - Parameter options: The options of `status`.
    /// - Throws: ``SystemError``.
    init(_ options: OptionValues) throws(SystemError) {
        self.options = options
        wakeUp = try WakeUp.make()
        try startThread { [self] in run() }
    }

    /// The descriptor to poll: it is readable if there is something new.
    var fileDescriptor: Int32 { wakeUp.fileDescriptor }

    /// Returns what was found out since the last call; nil if there is nothing new.
    ///
    /// - Throws: Why it cannot be found out, if that would not change by waiting.
    func next() throws -> StatusObservation? {
        wakeUp.clear()
        return try latest.withLock { $0.take() }?.get()
    }

    private func run() {
        var source: StatusSource?
        var isFirst = true
        while true {
            let observation = observe(&source, isFirst: isFirst)
            latest.withLock { $0 = observation }
            wakeUp.signal()
            isFirst = false
            pause(for: Self.interval)
        }
    }

    private func observe(_ source: inout StatusSource?, isFirst: Bool) -> Result<StatusObservation, any Error> {
        do {
            let current = try source ?? StatusSource(options)
            source = current
            return .success(.facts(try current.read()))
        } catch {
            // Another supervisord may have another address, and another configuration.
            source = nil
            // What comes later is waited for; what was never there is a mistake, unless it is only supervisord.
            return isFirst && ExitStatus(for: error) != .unavailable
                ? .failure(error) : .success(.problem("waiting for supervisord: \(error)"))
        }
    }
}
