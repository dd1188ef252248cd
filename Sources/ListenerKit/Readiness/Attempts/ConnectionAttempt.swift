import Synchronization

/// Connects to the first address of a server that accepts a connection, and may ask for a page there.
final class ConnectionAttempt: Attempt {
    /// A server.
    enum Server: Sendable {
        /// One that listens on a port.
        case port(host: String, port: UInt16)
        /// One that listens at a path.
        case unix(path: String)
    }

    private enum Stage {
        case resolving
        case connecting(StreamSocket)
        case asking(PageRequest)
        case over
    }

    private struct State {
        var stage = Stage.resolving
        var untried: ArraySlice<SocketAddress> = []
        /// How long an address may take if there are others.
        var share = Duration.zero
        var failure: String?
        var deadline: PollThread.Timer?
        var nextTurn: PollThread.Timer?
    }

    private let server: Server
    private let request: [UInt8]?
    private let timeout: Duration
    private let thread: PollThread
    private let names: NameLookups
    private let report: AttemptReport
    private let state = Mutex(State())

    /// Prepares an attempt.
    ///
    /// - Parameters:
    ///   - server: The server.
    ///   - request: A request in HTTP; nil if a connection is enough.
    ///   - timeout: How long the attempt may take.
    ///   - names: Looks up names.
    ///   - thread: The poll thread.
    ///   - report: Reports the outcome.
    init(
        to server: Server,
        asking request: [UInt8]? = nil,
        timeout: Duration,
        _ names: NameLookups,
        _ thread: PollThread,
        _ report: @escaping AttemptReport
    ) {
        self.server = server
        self.request = request
        self.timeout = timeout
        self.names = names
        self.thread = thread
        self.report = report
    }

    func begin() {
        let deadline = thread.schedule(after: timeout) { [self] in finish(.timedOut(after: timeout)) }
        state.withLock { $0.deadline = deadline }
        switch server {
        case .unix(let path):
            guard let address = SocketAddress(path: path) else {
                return finish(.failed("the path is too long for a Unix socket"))
            }
            connect(to: [address])
        case .port(let host, let port):
            let addresses = SocketAddress.withoutLookup(host, port: port)
            guard addresses.isEmpty else {
                return connect(to: addresses)
            }
            lookUp(host, port)
        }
    }

    func cancel() {
        end()
    }

    private var isOver: Bool {
        state.withLock { state in
            if case .over = state.stage { true } else { false }
        }
    }

    private func lookUp(_ host: String, _ port: UInt16) {
        names.lookUp(host, port: port, isWanted: { [self] in !isOver }) { [self] outcome in
            switch outcome {
            case .success(let addresses):
                connect(to: addresses)
            case .failure(let error):
                finish(.failed("unknown host '\(host)': \(inSentence(error.reason))"))
            }
        }
    }

    private func connect(to addresses: [SocketAddress]) {
        state.withLock { state in
            state.untried = addresses[...]
            state.share = timeout / max(1, addresses.count)
        }
        tryNext()
    }

    private func tryNext() {
        while !isOver, let address = state.withLock({ $0.untried.popFirst() }) {
            do throws(SystemError) {
                let socket = try StreamSocket(for: address)
                switch socket.connect(to: address) {
                case .done: return succeed(socket)
                case .underWay: return watch(socket)
                case .failed(let error): note(error.reasonInSentence)
                }
            } catch {
                note(error.reasonInSentence)
            }
        }
        finish(.failed(state.withLock { $0.failure } ?? "no address"))
    }

    private func watch(_ socket: StreamSocket) {
        thread.watch(socket.fileDescriptor, for: .writable) { [self] in proceed() }
        let share = state.withLock { state in
            state.stage = .connecting(socket)
            return state.untried.isEmpty ? nil : state.share
        }
        if let share {
            // An address that does not answer leaves time for the others.
            let nextTurn = thread.schedule(after: share) { [self] in giveUp() }
            state.withLock { $0.nextTurn = nextTurn }
        }
    }

    private func proceed() {
        guard let socket = stopWatching() else {
            return
        }
        switch socket.progress {
        case .done:
            succeed(socket)
        case .underWay:
            watch(socket)
        case .failed(let error):
            note(error.reasonInSentence)
            tryNext()
        }
    }

    private func giveUp() {
        if stopWatching() != nil {
            note("no answer")
            tryNext()
        }
    }

    private func stopWatching() -> StreamSocket? {
        let (socket, timer): (StreamSocket?, PollThread.Timer?) = state.withLock { state in
            guard case .connecting(let socket) = state.stage else {
                return (nil, nil)
            }
            state.stage = .resolving
            return (socket, state.nextTurn.take())
        }
        if let socket {
            thread.unwatch(socket.fileDescriptor)
        }
        if let timer {
            thread.cancel(timer)
        }
        return socket
    }

    /// Notes why an address failed; the first one counts, because it is the one that most clients would use.
    private func note(_ failure: String) {
        state.withLock { $0.failure = $0.failure ?? failure }
    }

    private func succeed(_ socket: StreamSocket) {
        guard let request else {
            return finish(.passed)
        }
        let page = PageRequest(request, over: socket, thread) { [self] outcome in
            // It goes on by itself, and closes the connection when all has come.
            state.withLock { $0.stage = .resolving }
            finish(outcome)
        }
        state.withLock { $0.stage = .asking(page) }
        page.begin()
    }

    private func finish(_ outcome: ProbeOutcome) {
        if end() {
            report(outcome)
        }
    }

    /// Ends the attempt.
    ///
    /// - Returns: Whether it was not over before.
    @discardableResult
    private func end() -> Bool {
        _ = stopWatching()
        let (stage, deadline) = state.withLock { state in
            defer { state.stage = .over }
            return (state.stage, state.deadline.take())
        }
        if let deadline {
            thread.cancel(deadline)
        }
        switch stage {
        case .resolving, .connecting: return true
        case .asking(let page):
            page.cancel()
            return true
        case .over: return false
        }
    }
}
