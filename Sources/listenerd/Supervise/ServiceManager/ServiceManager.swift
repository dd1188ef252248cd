import ListenerKit
import Synchronization

/// The service manager that runs `supervise`, such as systemd or podman, which is told how it stands as in sd_notify(3).
///
/// Nothing here waits for it: a message that it has no room for is lost.
final class ServiceManager: Sendable {
    /// Finds out how everything stands; may take its time.
    typealias Question = @Sendable () throws -> ServiceStatus

    private struct State {
        var lastText: String?
        var isReady = false
        var isStopping = false
    }

    /// How long to wait at first before the question is asked again, and when the answer was another one.
    private static let shortestPause = Duration.milliseconds(50)
    /// How long to wait at most until everything is up, and afterwards.
    private static let longestPause = (before: Duration.seconds(1), after: Duration.seconds(5))
    /// A question that takes long is asked less often, so that the answers cost little: this is the pause, in durations of it.
    private static let pauseFactor = (before: 10, after: 200)
    /// The longest pause because of that: supervisord may have been slow only once.
    private static let longestRelief = (before: Duration.seconds(5), after: Duration.seconds(60))
    /// More of a status is not sent.
    private static let longestText = 1000

    private let address: String
    private let sender: DatagramSender
    private let reporter: Reporter
    private let state = Mutex(State())

    /// Prepares to send; nil results if nothing can be sent there.
    ///
    /// - Parameters:
    ///   - address: The value of `$NOTIFY_SOCKET`: an absolute path, or an abstract name that begins with `@`.
    ///   - reporter: Reports once if nothing can be sent.
    init?(at address: String, _ reporter: Reporter) {
        let isAbstract = address.utf8.first == UInt8(ascii: "@")
        let socketAddress =
            isAbstract ? SocketAddress(abstract: String(address.dropFirst())) : SocketAddress(path: address)
        guard isAbstract || address.utf8.first == UInt8(ascii: "/"), let socketAddress,
            let sender = try? DatagramSender(to: socketAddress)
        else {
            let consequence = "the service manager is not told when everything is up"
            reporter.report(
                .warning,
                "$\(NotificationSocket.variable) is '\(address)', no address of a socket; \(consequence)"
            )
            return nil
        }
        self.address = address
        self.sender = sender
        self.reporter = reporter
    }

    /// Tells it from now on how everything stands: until all is up whenever that changes, and now and then afterwards.
    ///
    /// - Parameter question: Asked on another thread.
    func start(_ question: @escaping Question) {
        do throws(SystemError) {
            try startThread(stackSize: 512 * 1024, inheritsSignalMask: false) { [self] in run(question) }
        } catch {
            reporter.report(.warning, "\(error); the service manager is not told when everything is up")
        }
    }

    /// Tells it that everything is being stopped; nothing else is said afterwards.
    ///
    /// - Parameter reason: Why: `SIGTERM`.
    func stop(because reason: String) {
        state.withLock { state in
            guard !state.isStopping else {
                return
            }
            state.isStopping = true
            send("STOPPING=1\nSTATUS=\(Self.line("stopping: \(reason)"))")
        }
    }

    /// Tells it how far the stop has come.
    ///
    /// - Parameter text: A line such as `stopping: 3 of 20 stopped`.
    func report(stop text: String) {
        send("STATUS=\(Self.line(text))")
    }

    private func run(_ question: Question) {
        var pause = Self.shortestPause
        while true {
            let start = ContinuousClock.now
            let status = answer(question)
            let duration = start.duration(to: .now)
            guard let change = apply(status) else {
                return
            }
            let isReady = change.isReady
            let longest = isReady ? Self.longestPause.after : Self.longestPause.before
            pause = change.isNew && !isReady ? Self.shortestPause : min(pause * 2, longest)
            let factor = isReady ? Self.pauseFactor.after : Self.pauseFactor.before
            let longestRelief = isReady ? Self.longestRelief.after : Self.longestRelief.before
            ListenerKit.pause(for: max(pause, min(duration * factor, longestRelief)))
        }
    }

    /// Returns how everything stands; nil if that cannot be found out, as before supervisord answers.
    private func answer(_ question: Question) -> ServiceStatus? {
        do {
            return try question()
        } catch {
            // The credentials stay wrong.
            if case .unauthorized? = error as? SupervisorError {
                let message = "\(error); the service manager is not told when everything is up"
                reporter.reportOnce(.warning, message)
            }
            return nil
        }
    }

    /// Sends what is new.
    ///
    /// - Parameter status: How everything stands; nil if that is not known.
    /// - Returns: Whether there was anything new, and whether everything has been up once; nil to ask no more.
    private func apply(_ status: ServiceStatus?) -> (isNew: Bool, isReady: Bool)? {
        state.withLock { state in
            guard !state.isStopping else {
                return nil
            }
            guard let status, status.text != state.lastText || status.isUp && !state.isReady else {
                return (false, state.isReady)
            }
            let isFirst = status.isUp && !state.isReady
            state.isReady = state.isReady || status.isUp
            state.lastText = status.text
            send("\(isFirst ? "READY=1\n" : "")STATUS=\(Self.line(status.text))")
            return (true, state.isReady)
        }
    }

    private func send(_ text: String) {
        do throws(SystemError) {
            try sender.send(Array(text.utf8), "tell the service manager at '\(address)' how everything stands")
        } catch {
            reporter.reportOnce(.warning, "\(error)", key: address)
        }
    }

    private static func line(_ text: String) -> String {
        var line: [UInt8] = []
        line.append(escaping: text)
        return String(decoding: line.prefix(longestText), as: UTF8.self)
    }
}
