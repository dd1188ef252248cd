import Glibc
import ExecutableTesting
import Synchronization
import Testing

@testable import ListenerKit

/// The socket at which a listener hears the questions of `listenerd status`, and those who ask.
@Suite struct QuestionSocketTests {
    /// A pid that no process has, another one for each test, so that each has a socket of its own.
    private static let lastPID = Mutex(Int32.max)

    private let supervisord = lastPID.withLock { pid in
        pid -= 1
        return pid
    }
    private let inbox = ReadinessInbox(whenNews: {})
    private let thread: PollThread
    private let socket: QuestionSocket
    private let question: GateQuestion

    init() throws {
        thread = try PollThread()
        let supervisord = supervisord
        // Beside many other tests, a question may take its time.
        socket = QuestionSocket(inbox, thread, timeout: waitTimeout) { supervisord }
        question = GateQuestion(supervisord: supervisord)
    }

    /// Asks on a thread of its own.
    private func ask(within timeout: Duration = waitTimeout) -> Task<Result<[UInt8], GateQuestion.Failure>, Never> {
        let question = question
        return Task(executorPreference: DedicatedThread()) {
            Result { () throws(GateQuestion.Failure) in try question.ask(within: timeout) }
        }
    }

    /// Waits for the next news; there must be just one.
    private func news() async throws -> ReadinessNews {
        var news: [ReadinessNews] = []
        try await wait(for: "news", diagnostics: { "\(news)" }) {
            news += inbox.removeAll()
            return !news.isEmpty
        }
        return try #require(news.count == 1 ? news.first : nil, "\(news)")
    }

    /// Waits for a question.
    private func nextQuestion() async throws -> Int {
        guard case .asked(let question) = try await news() else {
            throw TestFailure("that is not a question")
        }
        return question
    }

    /// Opens the socket, and waits until it is open.
    private func open() async throws {
        socket.open()
        try await wait(for: "the socket") { (try? Self.connect(to: question)) != nil }
    }

    private static func connect(to question: GateQuestion) throws -> Connection {
        try Connection.open(to: [try #require(question.address)], by: Deadline(after: waitTimeout))
    }

    @Test(arguments: [0, 1, 10, 5_000_000])
    func aQuestionGetsTheWholeAnswer(size: Int) async throws {
        try await open()
        defer { thread.finish() }
        let answer = ask()
        let id = try await nextQuestion()
        let text = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
        socket.answer(id, text)
        #expect(await answer.value == .success(text))
        #expect(inbox.removeAll() == [])
    }

    @Test func severalQuestionsAreOpenAtATime() async throws {
        try await open()
        defer { thread.finish() }
        let (first, id) = (ask(), try await nextQuestion())
        let (second, other) = (ask(), try await nextQuestion())
        #expect(id != other)
        socket.answer(other, [2])
        #expect(await second.value == .success([2]))
        socket.answer(id, [1])
        #expect(await first.value == .success([1]))
    }

    @Test func whoDoesNotWaitAnyLongerIsReported() async throws {
        try await open()
        defer { thread.finish() }
        do {
            let connection = try Self.connect(to: question)
            try connection.send(GateQuestion.request[...])
            #expect(try await nextQuestion() > 0)
        }
        guard case .hungUp(let id) = try await news() else {
            throw TestFailure("nobody has hung up")
        }
        // An answer that comes too late is dropped.
        socket.answer(id, [1])
        let next = ask()
        socket.answer(try await nextQuestion(), [2])
        #expect(await next.value == .success([2]))
    }

    @Test(arguments: ["status 2\n", "status\n", "\n", "GET / HTTP/1.1\r\n", String(repeating: "x", count: 1000)])
    func otherQuestionsAreRefused(text: String) async throws {
        try await open()
        defer { thread.finish() }
        let connection = try Self.connect(to: question)
        try connection.send(Array(text.utf8)[...])
        let answer = try connection.read { bytes throws(Connection.Failure) in bytes.last == UInt8(ascii: "\n") }
        let words = "refused: it knows version 1 of the question alone; is it another version of listenerd?\n"
        #expect(String(decoding: answer, as: UTF8.self) == words)
        #expect(inbox.removeAll() == [])
    }

    @Test func aQuestionMayComeInParts() async throws {
        try await open()
        defer { thread.finish() }
        let connection = try Self.connect(to: question)
        for byte in GateQuestion.request {
            try connection.send([byte])
        }
        socket.answer(try await nextQuestion(), [7])
        #expect(try connection.read { _ throws(Connection.Failure) in false } == [7])
    }

    @Test func moreQuestionsThanCanBeOpenAreRefused() async throws {
        try await open()
        defer { thread.finish() }
        var answers: [Task<Result<[UInt8], GateQuestion.Failure>, Never>] = []
        var ids: [Int] = []
        for _ in 0..<16 {
            answers.append(ask())
            ids.append(try await nextQuestion())
        }
        #expect(await ask().value == .failure(.refused("it is being asked 16 other questions")))
        for (id, answer) in zip(ids, answers) {
            socket.answer(id, [UInt8(id)])
            #expect(await answer.value == .success([UInt8(id)]))
        }
        let next = ask()
        socket.answer(try await nextQuestion(), [1])
        #expect(await next.value == .success([1]))
    }

    @Test func asLongAsNothingListensThereIsNoListener() throws {
        #expect(throws: GateQuestion.Failure.noListener) { _ = try question.ask(within: .seconds(1)) }
    }

    @Test func anAnswerThatDoesNotComeIsWaitedForNoLonger() async throws {
        try await open()
        defer { thread.finish() }
        #expect(await ask(within: .milliseconds(50)).value == .failure(.timedOut))
    }

    @Test func onlyOneListenerOfASupervisordHearsQuestions() async throws {
        try await open()
        defer { thread.finish() }
        let other = ReadinessInbox(whenNews: {})
        let supervisord = supervisord
        let second = QuestionSocket(other, thread, timeout: waitTimeout) { supervisord }
        second.open()
        second.open()
        // Opening it once more changes nothing.
        socket.open()
        let answer = ask()
        socket.answer(try await nextQuestion(), [1])
        #expect(await answer.value == .success([1]))
        let words = """
            listenerd status cannot ask this listener whether programs are ready: another process of this supervisord hears \
            them
            """
        #expect(other.removeAll() == [.warning(words)])
    }

    @Test func theAddressIsThatOfOneSupervisordInOnePIDNamespace() {
        #expect(question.address != nil)
        #expect(question.address != GateQuestion(supervisord: supervisord - 1).address)
    }

    @Test func rootAndTheOwnUserAreTrusted() {
        #expect(question.trustedUsers == [0, geteuid()])
        #expect(GateQuestion(supervisord: getpid()).trustedUsers == [0, geteuid()])
    }

    @Test func descendantsAreToldFromOthers() {
        #expect(RunningProcess.isDescendant(getpid(), of: getppid()))
        #expect(!RunningProcess.isDescendant(getppid(), of: getpid()))
        #expect(!RunningProcess.isDescendant(0, of: getpid()))
        #expect(!RunningProcess.isDescendant(getpid(), of: getpid()))
    }
}
