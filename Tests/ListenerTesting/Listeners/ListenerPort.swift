#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit
import Synchronization

/// supervisord's ends of a listener's pipes, and the thread that reads and writes them.
final class ListenerPort: Sendable {
    private let core: SupervisorCore
    private let listener: Int
    private let input: Mutex<Descriptor?>
    private let output: Mutex<Descriptor?>
    private let errors: Mutex<Descriptor?>
    private let wakeUp: WakeUp
    private let signal: @Sendable (Int32) -> Void

    /// Takes the pipes.
    ///
    /// - Parameters:
    ///   - core: Who is told what the listener writes.
    ///   - listener: Which listener it is.
    ///   - pipes: The descriptors, which are this port's from then on.
    ///   - signal: Sends the listener a signal.
    /// - Throws: ``SystemError``.
    init(
        _ core: SupervisorCore,
        _ listener: Int,
        _ pipes: SupervisorPipes,
        signal: @escaping @Sendable (Int32) -> Void
    ) throws(SystemError) {
        for number in [pipes.input, pipes.output, pipes.errors].compactMap({ $0 }) {
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
        self.core = core
        self.listener = listener
        self.signal = signal
        input = Mutex(Descriptor(owning: pipes.input))
        output = Mutex(Descriptor(owning: pipes.output))
        errors = Mutex(nil)
        wakeUp = try WakeUp.make()
        if let number = pipes.errors {
            errors.withLock { $0 = Descriptor(owning: number) }
        }
    }

    /// Begins to read and write.
    func open() throws(SystemError) {
        try startThread { [self] in run() }
    }

    /// Makes the thread look around.
    func wake() {
        wakeUp.signal()
    }

    func send(signal number: Int32) {
        signal(number)
    }

    /// Closes supervisord's ends of the protocol's pipes.
    func disconnect() {
        input.withLock { $0 = nil }
        output.withLock { $0 = nil }
        wake()
    }

    /// Stops the listener as supervisord does: no more events for it, and SIGTERM.
    func terminate() {
        let process = core.model.withLock { model in
            let process = model.listeners[listener]?.process
            return process.flatMap { name in model.processes.first { $0.name == name }?.isAlive == true ? name : nil }
        }
        if let process {
            core.model.withLock { model in model.change(process) { $0.stop(at: $1) } }
            signal(SIGTERM)
        }
    }

    // MARK: The thread

    private struct Request {
        let bytes: [UInt8]
        let isInputClosed: Bool
        let hasEnded: Bool
        let isClosed: Bool
    }

    private func run() {
        var pending: [UInt8] = []
        while true {
            wakeUp.clear()
            let request = takeRequest()
            pending += request.bytes
            read()
            if request.hasEnded || request.isClosed {
                core.change { $0.bury(listener) }
                return close()
            }
            write(&pending)
            if request.isInputClosed, pending.isEmpty {
                input.withLock { $0 = nil }
            }
            wait(toWrite: !pending.isEmpty)
        }
    }

    private func takeRequest() -> Request {
        core.model.withLock { model in
            defer { model.listeners[listener]?.outgoing = [] }
            let record = model.listeners[listener]
            return Request(
                bytes: record?.outgoing ?? [],
                isInputClosed: record?.isInputClosed ?? true,
                hasEnded: record?.end != nil,
                isClosed: model.isClosed
            )
        }
    }

    private func read() {
        let bytes = Self.drain(output)
        if !bytes.isEmpty {
            core.change { $0.take(bytes, from: listener) }
        }
        let words = Self.drain(errors)
        if !words.isEmpty {
            core.change { $0.hear(words, from: listener) }
        }
    }

    /// Reads all that is there, and closes what is at its end.
    private static func drain(_ source: borrowing Mutex<Descriptor?>) -> [UInt8] {
        source.withLock { descriptor in
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            while let number = descriptor?.number {
                let count = retryOnInterrupt { Glibc.read(number, &buffer, buffer.count) }
                guard count > 0 else {
                    if count == 0 {
                        descriptor = nil
                    }
                    return all
                }
                all += buffer[..<count]
            }
            return all
        }
    }

    private func write(_ pending: inout [UInt8]) {
        input.withLock { descriptor in
            while let number = descriptor?.number, !pending.isEmpty {
                let count = retryOnInterrupt { Glibc.write(number, pending, pending.count) }
                guard count > 0 else {
                    if errno != EAGAIN {
                        descriptor = nil
                    }
                    return
                }
                pending.removeFirst(count)
            }
        }
        if input.withLock({ $0 == nil }) {
            pending = []
        }
    }

    private func wait(toWrite: Bool) {
        let sources = [output.withLock { $0?.number }, errors.withLock { $0?.number }, wakeUp.number]
        var entries = sources.compactMap { $0 }.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        if toWrite, let number = input.withLock({ $0?.number }) {
            entries.append(pollfd(fd: number, events: Int16(POLLOUT), revents: 0))
        }
        poll(&entries, nfds_t(entries.count), -1)
    }

    private func close() {
        input.withLock { $0 = nil }
        output.withLock { $0 = nil }
        errors.withLock { $0 = nil }
    }
}
