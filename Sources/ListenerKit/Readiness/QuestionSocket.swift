import Glibc
import Synchronization

/// Hears questions from other processes: see ``GateQuestion``.
final class QuestionSocket: Sendable {
    /// How many questions can be open at a time.
    private static let mostQuestions = 16
    /// How long to wait after a failure to accept a connection, as there is if no descriptor is free.
    private static let delayAfterFailure = Duration.seconds(1)

    private struct State {
        /// The socket at which connections are accepted; nil if there is none yet.
        var listening: ListeningSocket?
        /// The connections, by their questions, and what closes each in the end.
        var clients: [Int: (client: QuestionClient, timer: PollThread.Timer)] = [:]
        var lastQuestion = 0
        var hasWarned = false
    }

    private let inbox: ReadinessInbox
    private let thread: PollThread
    private let timeout: Duration
    private let supervisord: @Sendable () -> Int32
    private let state = Mutex(State())

    /// Creates a source that hears nothing yet.
    ///
    /// - Parameters:
    ///   - inbox: The inbox for the questions.
    ///   - thread: The thread that waits for them.
    ///   - timeout: How long a connection lasts at most: longer than `listenerd status` waits for an answer.
    ///   - supervisord: Finds the pid of the supervisord by which clients find the socket.
    init(
        _ inbox: ReadinessInbox,
        _ thread: PollThread,
        timeout: Duration = .seconds(10),
        supervisord: @escaping @Sendable () -> Int32 = { SupervisordProcess.atStart.pid }
    ) {
        self.inbox = inbox
        self.thread = thread
        self.timeout = timeout
        self.supervisord = supervisord
    }

    /// Begins to hear questions, unless it does so already.
    func open() {
        thread.perform { [self] in
            guard state.withLock({ $0.listening == nil }) else {
                return
            }
            let question = GateQuestion(supervisord: supervisord())
            do throws(SystemError) {
                let socket = try ListeningSocket(at: question.address)
                state.withLock { $0.listening = socket }
                accept(at: socket, question)
            } catch {
                warn(error)
            }
        }
    }

    private func warn(_ error: SystemError) {
        let isFirst = state.withLock { state in
            defer { state.hasWarned = true }
            return !state.hasWarned
        }
        if isFirst {
            let cause = error.code == EADDRINUSE ? "another process of this supervisord hears them" : error.reason
            inbox.add(.warning("listenerd status cannot ask this listener whether programs are ready: \(cause)"))
        }
    }

    /// Accepts connections from now on.
    private func accept(at socket: ListeningSocket, _ question: GateQuestion) {
        thread.watch(socket.descriptor, for: .readable) { [self] in
            do throws(SystemError) {
                while let connection = try socket.accept() {
                    admit(QuestionClient(connection), question)
                }
            } catch {
                // The connection is still there, so that the thread would be called again at once.
                thread.unwatch(socket.descriptor)
                _ = thread.schedule(after: Self.delayAfterFailure) { [self] in accept(at: socket, question) }
            }
        }
    }

    private func admit(_ client: QuestionClient, _ question: GateQuestion) {
        guard let user = client.peer?.user, question.trustedUsers.contains(user) else {
            return client.refuse("only root, supervisord's user and the listener's own may ask")
        }
        let hasRoom = state.withLock { $0.clients.count < Self.mostQuestions }
        guard hasRoom else {
            return client.refuse("it is being asked \(Self.mostQuestions) other questions")
        }
        let id = state.withLock { state in
            state.lastQuestion += 1
            let id = state.lastQuestion
            state.clients[id] = (client, thread.schedule(after: timeout) { [self] in close(id) })
            return id
        }
        thread.watch(client.descriptor, for: .readable) { [self] in read(from: client, id) }
    }

    private func read(from client: QuestionClient, _ id: Int) {
        switch client.receive() {
        case .nothing: break
        case .question: inbox.add(.asked(question: id))
        case .unknown:
            client.refuse(
                "it knows version \(GateQuestion.version) of the question alone; is it another version of listenerd?"
            )
            close(id)
        case .end: close(id)
        }
    }

    /// Answers a question, and closes its connection once the other side has room for all of the answer.
    func answer(_ question: Int, _ text: [UInt8]) {
        thread.perform { [self] in
            guard let client = state.withLock({ $0.clients[question]?.client }) else {
                return
            }
            thread.unwatch(client.descriptor)
            client.beginAnswer(text)
            if client.sendAnswer() {
                return close(question)
            }
            thread.watch(client.descriptor, for: .writable) { [self] in
                if client.sendAnswer() {
                    close(question)
                }
            }
        }
    }

    private func close(_ question: Int) {
        guard let (client, timer) = state.withLock({ $0.clients.removeValue(forKey: question) }) else {
            return
        }
        thread.cancel(timer)
        thread.unwatch(client.descriptor)
        if client.waitsForAnswer {
            inbox.add(.hungUp(question: question))
        }
    }
}
