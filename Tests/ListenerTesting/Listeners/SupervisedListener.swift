#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// A listener that runs under a ``FakeSupervisor``: a record of what it has done, and functions that wait for it.
public final class SupervisedListener: Sendable {
    private let supervisor: FakeSupervisor
    private let listener: Int
    private let port: ListenerPort

    init(_ supervisor: FakeSupervisor, _ listener: Int, _ port: ListenerPort) {
        self.supervisor = supervisor
        self.listener = listener
        self.port = port
    }

    // MARK: Record

    /// The lines that it has written to standard error.
    public var messages: [String] { record?.messages ?? [] }

    /// All that it has written to standard output: its side of the protocol.
    public var output: String { String(decoding: record?.output ?? [], as: UTF8.self) }

    /// Its state, as supervisord records it.
    public var state: ListenerState { record?.dialogue.state ?? .unknown }

    /// The serials of the events that it was given, in order; an event that was given twice is listed twice.
    ///
    /// An event is given once its last byte is in the listener's pipe: after that, not even ``disconnect()`` takes it back.
    public var given: [Int] { record?.given ?? [] }

    /// The serials of the events that it has acknowledged with `OK`, in order.
    public var acknowledged: [Int] { record?.acknowledged ?? [] }

    /// The serials of the events that it has answered differently, in order.
    public var rejected: [Int] { record?.rejected ?? [] }

    /// The way in which it has ended; nil while it runs.
    public var end: ListenerEnd? {
        record.flatMap { $0.isGone ? $0.end : nil }
    }

    private var record: ListenerRecord? {
        supervisor.core.model.withLock { $0.listeners[listener] }
    }

    // MARK: Waiting

    /// Waits until it has written READY and has no event to handle.
    ///
    /// - Throws: ``TimeoutError``.
    public func waitUntilReady() async throws(TimeoutError) {
        try await wait("the listener is READY") { $0.dialogue.state == .ready }
    }

    /// Waits until it has acknowledged a number of events.
    ///
    /// - Parameter count: The number, at least.
    /// - Throws: ``TimeoutError``.
    public func waitForAcknowledgements(_ count: Int) async throws(TimeoutError) {
        try await wait("\(count) events are acknowledged") { $0.acknowledged.count >= count }
    }

    /// Waits until it has acknowledged all events that have happened, its handlers have handled all alarms that are due, and it
    /// is ready for more.
    ///
    /// - Throws: ``TimeoutError``.
    public func waitForAcknowledgements() async throws(TimeoutError) {
        let listener = listener
        try await waitForModel("all events are acknowledged") { model in
            guard let record = model.listeners[listener], record.dialogue.state == .ready, model.isUpToDate(record)
            else {
                return false
            }
            return model.pools.first { $0.name == record.pool }?.buffer.isEmpty == true
        }
    }

    /// Waits until it has been given a number of events, whether or not it has acknowledged them.
    ///
    /// - Parameter count: The number, at least.
    /// - Throws: ``TimeoutError``.
    public func waitForEvents(_ count: Int) async throws(TimeoutError) {
        try await wait("\(count) events are given") { $0.given.count >= count }
    }

    /// Waits until it has written a line to standard error.
    ///
    /// - Parameter text: A part of the line.
    /// - Returns: The first line that contains it.
    /// - Throws: ``TimeoutError``.
    @discardableResult
    public func waitForMessage(_ text: String) async throws(TimeoutError) -> String {
        try await wait("the listener writes '\(text)'") { $0.messages.contains { $0.contains(text) } }
        return messages.first { $0.contains(text) } ?? ""
    }

    /// Waits until it is in a state, as supervisord records it.
    ///
    /// - Parameter state: The state.
    /// - Throws: ``TimeoutError``.
    public func waitForState(_ state: ListenerState) async throws(TimeoutError) {
        try await wait("the listener is \(state.rawValue)") { $0.dialogue.state == state }
    }

    /// Waits until it has ended.
    ///
    /// - Returns: The way in which it has ended.
    /// - Throws: ``TimeoutError``.
    @discardableResult
    public func waitForEnd() async throws(TimeoutError) -> ListenerEnd {
        try await wait("the listener has ended") { $0.isGone }
        return end ?? .system
    }

    private func wait(
        _ awaited: String,
        until isSatisfied: @escaping @Sendable (ListenerRecord) -> Bool
    ) async throws(TimeoutError) {
        let listener = listener
        try await waitForModel(awaited) { model in model.listeners[listener].map(isSatisfied) ?? false }
    }

    private func waitForModel(
        _ awaited: String,
        until isSatisfied: @escaping @Sendable (SupervisorModel) -> Bool
    ) async throws(TimeoutError) {
        let listener = listener
        try await supervisor.wait(
            awaited,
            describe: { "\($0.summary(of: listener)); \($0.summary)" },
            until: isSatisfied
        )
    }

    // MARK: Signals and pipes

    /// Stops it as supervisord does: it gets no more events, and SIGTERM.
    public func stop() {
        port.terminate()
    }

    /// Sends it a signal; a listener in this process rotates its logs on SIGHUP and SIGUSR2, and ends on any other.
    ///
    /// - Parameter number: The number of the signal.
    public func send(signal number: Int32) {
        port.send(signal: number)
    }

    /// Closes its standard input, as happens when supervisord exits.
    public func closeInput() {
        supervisor.core.change { [listener] in $0.listeners[listener]?.isInputClosed = true }
    }

    /// Closes all of its pipes, as happens when supervisord is killed; they are closed when this returns.
    ///
    /// What the listener was given before remains to be read, as far as its pipe has room for it. What it writes from now on is lost.
    public func disconnect() {
        port.disconnect()
    }

    /// Writes bytes to its standard input that are not an event, as `sendProcessStdin` allows any client to do.
    ///
    /// - Parameter bytes: The bytes.
    public func write(_ bytes: some Sequence<UInt8>) {
        let outgoing = OutgoingBytes(bytes: Array(bytes), serial: nil)
        supervisor.core.change { [listener] in $0.listeners[listener]?.outgoing.append(outgoing) }
    }

    /// Writes text to its standard input that is not an event.
    ///
    /// - Parameter text: The text.
    public func write(_ text: String) {
        write(text.utf8)
    }
}
