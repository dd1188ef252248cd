import ListenerKit
import Synchronization

/// Writes the file of `--log-metrics`, on a thread that exists only meanwhile: nothing waits for a slow file system.
final class MetricsFile: Sendable {
    private struct State {
        /// The text to write next; a later one takes its place.
        var next: [UInt8]?
        /// Whether the thread runs.
        var hasThread = false
        /// Whether the file does not have the latest text because it could not be written.
        var isBehind = false
    }

    /// The key under which the reporter knows that the file cannot be written.
    private static let key = "metrics"

    private let file: ReplacedFile
    private let reporter: Reporter
    private let whenFailed: @Sendable () -> Void
    private let state = Mutex(State())

    /// Prepares a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - reporter: Reports that it cannot be written.
    ///   - whenFailed: Called, on any thread, after each failure.
    init(_ file: ReplacedFile, _ reporter: Reporter, whenFailed: @escaping @Sendable () -> Void) {
        self.file = file
        self.reporter = reporter
        self.whenFailed = whenFailed
    }

    /// Whether the latest text could not be written.
    var isBehind: Bool { state.withLock { $0.isBehind } }

    /// Replaces the contents of the file, soon.
    func write(_ text: [UInt8]) {
        let needsThread = state.withLock { state in
            state.next = text
            state.isBehind = false
            defer { state.hasThread = true }
            return !state.hasThread
        }
        guard needsThread else {
            return
        }
        do throws(SystemError) {
            try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) { [self] in writeAll() }
        } catch {
            state.withLock { state in
                state = State(isBehind: true)
            }
            report(error)
        }
    }

    /// Waits until everything is written, or until the deadline.
    func flush(until deadline: ContinuousClock.Instant) {
        while state.withLock({ $0.hasThread }), ContinuousClock.now < deadline {
            pause(for: .milliseconds(2))
        }
    }

    private func writeAll() {
        while let text = nextText() {
            do throws(SystemError) {
                try file.replace(with: text)
                if reporter.clear(key: Self.key) {
                    reporter.report(.info, "writing '\(file.path)' again")
                }
            } catch {
                state.withLock { $0.isBehind = $0.next == nil }
                report(error)
            }
        }
    }

    /// Returns what the thread has to write; after nil, the thread ends.
    private func nextText() -> [UInt8]? {
        state.withLock { state in
            state.hasThread = state.next != nil
            return state.next.take()
        }
    }

    private func report(_ error: SystemError) {
        reporter.reportOnce(.error, "the metrics are not up to date: \(error)", key: Self.key)
        whenFailed()
    }
}
