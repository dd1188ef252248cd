import Glibc
import ListenerKit
import Synchronization

/// supervisord's ends of a listener's pipes, and the thread that reads and writes them.
final class ListenerPort: Sendable {
    /// The ends of the pipes, which only the thread uses.
    private struct Ends: ~Copyable {
        var input: FileDescriptor?
        var output: FileDescriptor?
        var errors: FileDescriptor?
    }

    private let core: SupervisorCore
    private let listener: Int
    private let ends: Mutex<Ends>
    private let wakeUp: WakeUp
    private let signal: @Sendable (Signal) -> Void
    private let kill: @Sendable () -> Void
    private let clock: FakeClock?
    private let callForNews: @Sendable () -> Void

    /// Creates the port of a listener.
    ///
    /// - Parameters:
    ///   - core: The supervisord that the listener talks to.
    ///   - listener: The number of the listener.
    ///   - pipes: The descriptors, which the port owns from then on.
    ///   - clock: The clock of a listener in this process; nil for a program.
    ///   - callForNews: Has the handlers of a listener in this process remove the news that have come, if there are new ones.
    ///   - signal: Sends the listener a signal.
    ///   - kill: Kills the listener, if the end of its input may not be enough.
    /// - Throws: ``SystemError``.
    init(
        _ core: SupervisorCore,
        _ listener: Int,
        _ pipes: SupervisorPipes,
        clock: FakeClock? = nil,
        callForNews: @escaping @Sendable () -> Void = {},
        signal: @escaping @Sendable (Signal) -> Void,
        kill: @escaping @Sendable () -> Void = {}
    ) throws(SystemError) {
        for number in [pipes.input, pipes.output, pipes.errors].compactMap({ $0 }) {
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
        self.core = core
        self.listener = listener
        self.signal = signal
        self.kill = kill
        self.clock = clock
        self.callForNews = callForNews
        ends = Mutex(Ends(input: FileDescriptor(owning: pipes.input), output: FileDescriptor(owning: pipes.output)))
        if let number = pipes.errors {
            ends.withLock { $0.errors = FileDescriptor(owning: number) }
        }
        wakeUp = try WakeUp.make()
    }

    /// Starts the thread that reads and writes.
    func open() throws(SystemError) {
        try startThread { [self] in run() }
    }

    /// Wakes the thread, because the model has changed.
    func wake() {
        wakeUp.signal()
    }

    func send(_ signal: Signal) {
        self.signal(signal)
    }

    /// Ends the listener and the thread, because the test has ended.
    func abandon() {
        kill()
        wake()
    }

    /// Closes supervisord's ends of the protocol's pipes, after what they have room for has been written; returns when they are closed.
    func disconnect() {
        core.change { [listener] in $0.listeners[listener]?.mustDisconnect = true }
        core.model.waitBlocking { [listener] in $0.listeners[listener]?.isDisconnected ?? true }
    }

    /// Stops the listener as supervisord does: no more events for it, and SIGTERM.
    func terminate() {
        let isAlive = core.change { [listener] model in
            guard let name = model.listeners[listener]?.process,
                model.processes.first(where: { $0.name == name })?.isAlive == true
            else {
                return false
            }
            model.change(name) { $0.stop(at: $1) }
            return true
        }
        if isAlive {
            signal(.terminate)
        }
    }

    // MARK: The thread

    private func run() {
        while true {
            wakeUp.clear()
            // Checked before reading, so that all that it has written by its end is read.
            let isOver = core.model.withLock { $0.isClosed || $0.listeners[listener]?.end != nil }
            read()
            // Before events are written: an alarm that comes first is in its handler's mailbox before them.
            clock?.fire()
            callForNews()
            if isOver {
                core.change { $0.retire(listener) }
                return close()
            }
            wait(toWrite: write())
        }
    }

    private func read() {
        let (bytes, words) = ends.withLock { ends in (Self.drain(&ends.output), Self.drain(&ends.errors)) }
        if !bytes.isEmpty {
            core.change { $0.read(bytes, from: listener) }
        }
        if !words.isEmpty {
            core.change { $0.readErrors(words, from: listener) }
        }
    }

    /// Reads all that is available, and closes a pipe that is at its end.
    private static func drain(_ source: inout FileDescriptor?) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while let number = source?.rawValue {
            let count = retryOnInterrupt { Glibc.read(number, &buffer, buffer.count) }
            guard count > 0 else {
                if count == 0 {
                    source = nil
                }
                return all
            }
            all += buffer[..<count]
        }
        return all
    }

    /// Writes what the listener is to be given, and then closes what is to be closed.
    ///
    /// The model is locked meanwhile: a test that reads there that an event is given, or that the pipes are closed, can rely on it.
    ///
    /// - Returns: Whether the pipe had no room for all.
    private func write() -> Bool {
        ends.withLock { ends in
            core.model.withLock { model in
                guard var record = model.listeners[listener].take() else {
                    return false
                }
                defer { model.listeners[listener] = record }
                record.flush { bytes in Self.write(bytes, to: &ends.input) }
                if record.isInputClosed, record.outgoing.isEmpty {
                    ends.input = nil
                }
                if record.mustDisconnect {
                    ends.input = nil
                    ends.output = nil
                    record.outgoing = []
                    record.isDisconnected = true
                }
                return !record.outgoing.isEmpty
            }
        }
    }

    /// Writes as much as there is room for; closes a pipe that is no longer read.
    private static func write(_ bytes: [UInt8], to end: inout FileDescriptor?) -> Int? {
        guard let number = end?.rawValue else {
            return nil
        }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                retryOnInterrupt { Glibc.write(number, buffer.baseAddress.map { $0 + written }, bytes.count - written) }
            }
            guard count > 0 else {
                if errno == EAGAIN {
                    return written
                }
                end = nil
                return nil
            }
            written += count
        }
        return written
    }

    private func wait(toWrite: Bool) {
        var entries = ends.withLock { ends in
            let sources = [ends.output?.rawValue, ends.errors?.rawValue, wakeUp.fileDescriptor]
            var entries = sources.compactMap { $0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if toWrite, let number = ends.input?.rawValue {
                entries.append(pollfd(fd: number, events: Int16(POLLOUT), revents: 0))
            }
            return entries
        }
        poll(&entries, nfds_t(entries.count), -1)
    }

    private func close() {
        ends.withLock { $0 = Ends() }
        core.model.withLock { $0.listeners[listener]?.isDisconnected = true }
    }
}
