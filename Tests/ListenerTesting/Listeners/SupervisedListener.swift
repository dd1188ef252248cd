#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// A listener that runs under a ``FakeSupervisor``: what it has done, and how to wait until it has.
public final class SupervisedListener: Sendable {
    private let supervisor: FakeSupervisor
    private let listener: Int
    private let port: ListenerPort

    init(_ supervisor: FakeSupervisor, _ listener: Int, _ port: ListenerPort) {
        self.supervisor = supervisor
        self.listener = listener
        self.port = port
    }

    // MARK: What it has done

    /// The lines that it has written to standard error.
    public var messages: [String] { record?.messages ?? [] }

    /// All that it has written to supervisord.
    public var output: String { String(decoding: record?.output ?? [], as: UTF8.self) }

    /// What supervisord thinks of it.
    public var state: ListenerState { record?.dialogue.state ?? .unknown }

    /// The serials of the events that it was given, in order; one that was given twice stands here twice.
    ///
    /// An event is given once its last byte is in the listener's pipe: from then on not even ``disconnect()`` takes it back.
    public var given: [Int] { record?.given ?? [] }

    /// The serials of the events that it has acknowledged by `OK`, in order.
    public var acknowledged: [Int] { record?.acknowledged ?? [] }

    /// The serials of the events that it has answered otherwise, in order.
    public var rejected: [Int] { record?.rejected ?? [] }

    /// How it has ended; `nil` while it runs.
    public var end: ListenerEnd? {
        record.flatMap { $0.isGone ? $0.end : nil }
    }

    private var record: ListenerRecord? {
        supervisor.core.model.withLock { $0.listeners[listener] }
    }

    // MARK: Waiting for it

    /// Waits until it has said READY and has no event to handle.
    ///
    /// - Throws: ``TimeoutError``.
    public func waitUntilReady() async throws(TimeoutError) {
        try await wait("the listener is READY") { $0.dialogue.state == .ready }
    }

    /// Waits until it has acknowledged so many events.
    ///
    /// - Parameter count: How many at least.
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

    /// Waits until it has been given so many events, whether or not it has acknowledged them.
    ///
    /// - Parameter count: How many at least.
    /// - Throws: ``TimeoutError``.
    public func waitForEvents(_ count: Int) async throws(TimeoutError) {
        try await wait("\(count) events are given") { $0.given.count >= count }
    }

    /// Waits until it has said something on standard error.
    ///
    /// - Parameter text: A part of the line.
    /// - Returns: The first line that has it.
    /// - Throws: ``TimeoutError``.
    @discardableResult
    public func waitForMessage(_ text: String) async throws(TimeoutError) -> String {
        try await wait("the listener says '\(text)'") { $0.messages.contains { $0.contains(text) } }
        return messages.first { $0.contains(text) } ?? ""
    }

    /// Waits until supervisord thinks something of it.
    ///
    /// - Parameter state: What supervisord thinks.
    /// - Throws: ``TimeoutError``.
    public func waitForState(_ state: ListenerState) async throws(TimeoutError) {
        try await wait("the listener is \(state.rawValue)") { $0.dialogue.state == state }
    }

    /// Waits until it has ended.
    ///
    /// - Returns: How.
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

    // MARK: What becomes of it

    /// Stops it as supervisord does: no more events, and SIGTERM.
    public func stop() {
        port.terminate()
    }

    /// Sends it a signal; one that runs in this process understands SIGTERM, SIGINT, SIGHUP and SIGUSR2.
    ///
    /// - Parameter number: The number of the signal.
    public func send(signal number: Int32) {
        port.send(signal: number)
    }

    /// Closes its standard input, as the end of supervisord itself does.
    public func closeInput() {
        supervisor.core.change { [listener] in $0.listeners[listener]?.isInputClosed = true }
    }

    /// Closes all of its pipes, as the death of supervisord does; they are closed when this returns.
    ///
    /// What the listener was sent before, as far as its pipe has room for it, stays there to be read. What it writes from now on
    /// reaches nobody.
    public func disconnect() {
        port.disconnect()
    }

    /// Writes bytes to its standard input that are no event, as `sendProcessStdin` lets anybody do.
    ///
    /// - Parameter bytes: The bytes.
    public func write(_ bytes: some Sequence<UInt8>) {
        let outgoing = OutgoingBytes(bytes: Array(bytes), serial: nil)
        supervisor.core.change { [listener] in $0.listeners[listener]?.outgoing.append(outgoing) }
    }

    /// Writes text to its standard input that is no event.
    ///
    /// - Parameter text: The text.
    public func write(_ text: String) {
        write(text.utf8)
    }
}
