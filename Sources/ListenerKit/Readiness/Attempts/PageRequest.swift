import Synchronization

/// Asks a web server for a page, and reads the status of the answer.
///
/// What comes after the status is read and dropped, within limits: a server whose connection is closed while it writes would
/// report that as an error, for each attempt.
final class PageRequest: Sendable {
    /// So much of a page is read at most, and so long.
    private static let limit = (bytes: 1 << 20, time: Duration.seconds(1))

    private struct State {
        var socket: StreamSocket?
        var unsent: ArraySlice<UInt8>
        var reader = HTTPStatusReader()
        var isAnswered = false
        var droppedBytes = 0
        var deadline: PollThread.Timer?
    }

    private let thread: PollThread
    private let report: AttemptReport
    private let state: Mutex<State>

    /// Prepares a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - socket: A connection to the server.
    ///   - thread: The poll thread.
    ///   - report: Reports the outcome.
    init(_ request: [UInt8], over socket: StreamSocket, _ thread: PollThread, _ report: @escaping AttemptReport) {
        self.thread = thread
        self.report = report
        state = Mutex(State(socket: socket, unsent: request[...]))
    }

    /// Sends the request.
    func begin() {
        if let socket = state.withLock({ $0.socket }) {
            thread.watch(socket.fileDescriptor, for: .writable) { [self] in send() }
        }
    }

    /// Closes the connection; no outcome is reported.
    func cancel() {
        let (socket, deadline) = state.withLock { state in
            state.isAnswered = true
            return (state.socket.take(), state.deadline.take())
        }
        if let socket {
            thread.unwatch(socket.fileDescriptor)
        }
        if let deadline {
            thread.cancel(deadline)
        }
    }

    private func send() {
        let (socket, rest) = state.withLock { ($0.socket, $0.unsent) }
        guard let socket else {
            return
        }
        switch socket.send(rest) {
        case .moved(let count):
            state.withLock { $0.unsent = rest.dropFirst(count) }
            if count == rest.count {
                thread.unwatch(socket.fileDescriptor)
                thread.watch(socket.fileDescriptor, for: .readable) { [self] in receive() }
            }
        case .mustWait:
            return
        case .failed(let error):
            finish(.failed(error.reasonInSentence))
        }
    }

    private func receive() {
        guard let socket = state.withLock({ $0.socket }) else {
            return
        }
        var buffer = [UInt8](repeating: 0, count: HTTPStatusReader.limit)
        switch socket.receive(into: &buffer) {
        case .moved(0): finish(state.withLock { $0.reader.outcomeAtEnd })
        case .moved(let count): read(buffer[..<count])
        case .mustWait: return
        case .failed(let error): finish(.failed(error.reasonInSentence))
        }
    }

    private func read(_ bytes: ArraySlice<UInt8>) {
        let (outcome, isEnough) = state.withLock { state -> (ProbeOutcome?, Bool) in
            guard state.isAnswered else {
                return (state.reader.append(bytes), false)
            }
            state.droppedBytes += bytes.count
            return (nil, state.droppedBytes > Self.limit.bytes)
        }
        if let outcome {
            let deadline = thread.schedule(after: Self.limit.time) { [self] in cancel() }
            state.withLock { $0.deadline = deadline }
            answer(outcome)
        } else if isEnough {
            cancel()
        }
    }

    private func answer(_ outcome: ProbeOutcome) {
        let isFirst = state.withLock { state in
            defer { state.isAnswered = true }
            return !state.isAnswered
        }
        if isFirst {
            report(outcome)
        }
    }

    private func finish(_ outcome: ProbeOutcome) {
        answer(outcome)
        cancel()
    }
}
