import ListenerKit

/// Passes on to standard error what a listener writes that cannot open standard error itself.
///
/// On a thread of its own, so that whoever reads standard error slowly holds up nothing else.
final class StandardErrorRelay: Sendable {
    /// What is left at the end is worth waiting for, but not for ever.
    private static let patience = Duration.seconds(1)

    private let pipe: NamedPipe
    private let end: WakeUp
    private let done: WakeUp

    /// Makes the pipe to write to, and begins.
    ///
    /// - Parameters:
    ///   - path: Where; nothing is there yet.
    ///   - writer: The user who alone can write to it, beside root; nil for every user.
    /// - Throws: ``SystemError``.
    init(path: String, writer: UInt32?) throws(SystemError) {
        pipe = try NamedPipe(path: path, writer: writer)
        end = try WakeUp.make()
        done = try WakeUp.make()
        try startThread(stackSize: 256 * 1024, takesSignals: false) { [self] in work() }
    }

    /// Passes on what is left.
    func finish() {
        end.signal()
        _ = poll(for: [done.number], until: .now + Self.patience)
    }

    private func work() {
        var isLast = false
        while !isLast {
            isLast = poll(for: [pipe.number, end.number], until: nil).contains(end.number)
            while case let bytes = pipe.take(), !bytes.isEmpty {
                try? writeAll(bytes, to: 2)
            }
        }
        done.signal()
    }
}
