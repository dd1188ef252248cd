public import ListenerKit
import Synchronization

/// The context of a single handler in a test without a listener, and a record of what the handler has asked for.
///
/// ```swift
/// let test = try TestContext(for: CrashMail.self, arguments: ["--crash-mail-to=x"])
/// let handler = try CrashMail(test.context)
/// try await handler.handle(event)
/// #expect(test.messages == ["listener: info: mail sent to x"])
/// ```
public struct TestContext: Sendable {
    /// The context to make the handler with.
    public let context: Context
    private let record: Record

    private final class Record: HandlerRuntime {
        struct State {
            var messages: [String] = []
            var now = ContinuousClock.now
            var alarm: ContinuousClock.Instant?
            var requestedSnapshots: [Duration] = []
            var hasEnded = false
            var gates = FakeGates()
            var news: [ReadinessNews] = []
        }

        let state = Mutex(State())

        var now: ContinuousClock.Instant { state.withLock { $0.now } }

        func setAlarm(at deadline: ContinuousClock.Instant?) {
            state.withLock { $0.alarm = deadline }
        }

        func deliverFinishedWork() {}

        func requestSnapshot(after delay: Duration) {
            state.withLock { $0.requestedSnapshots.append(delay) }
        }

        func nudgeWhileStopping() {}

        func makeReadinessSource(
            whenNews: @escaping @Sendable () -> Void
        ) throws(SystemError) -> any ReadinessSource {
            FakeReadiness(
                answer: { [self] attempt in
                    state.withLock { state in
                        let outcome = state.gates.outcome(of: attempt.probe)
                        state.news.append(.finished(attempt: attempt.id, outcome))
                    }
                },
                remove: { [self] in
                    state.withLock { state in
                        defer { state.news = [] }
                        return state.news
                    }
                }
            )
        }

        func sharedProcessInfo(
            of process: ProcessName,
            within timeout: Duration
        ) async throws(SupervisorError) -> ProcessInformation? { nil }

        func askAboutLatestEnd(within timeout: Duration) async {}

        func end() {
            state.withLock { $0.hasEnded = true }
        }

        func fail(_ error: UsageError) {
            state.withLock { state in
                state.messages.append("listener: Error: \(error)")
                state.hasEnded = true
            }
        }
    }

    /// Creates a context.
    ///
    /// - Parameters:
    ///   - handler: The type of the handler; its flag need not be among the arguments.
    ///   - others: Other handlers that the arguments may select.
    ///   - arguments: The command line.
    ///   - supervisor: The supervisord that the handler can call, if any.
    ///   - configuration: The text of supervisord's configuration, if the handler reads it; that needs a supervisord.
    /// - Throws: `UsageError` if the arguments cannot be carried out.
    public init(
        for handler: any Handler.Type,
        others: [any Handler.Type] = [],
        arguments: [String] = [],
        supervisor: FakeSupervisor? = nil,
        configuration: String? = nil
    ) throws {
        let parser = CommandLineParser(handlers: [handler] + others)
        guard case .listen(let request) = try parser.parse(["--\(handler.name)"] + arguments) else {
            throw UsageError.other("these arguments do not start a listener")
        }
        let missing = Result<SupervisorConfiguration, ConfigurationError>.failure(.notFound(lookedFor: []))
        let nowhere = SupervisordAccess(
            configuration: missing,
            supervisor: .failure(NoSupervisorError(configuration: missing))
        )
        let record = Record()
        self.record = record
        context = Context(
            reporter: Reporter(program: "listener") { line in
                let text = String(decoding: line.dropLast(), as: UTF8.self)
                record.state.withLock { $0.messages.append(text) }
            },
            handler: handler.name,
            request: request,
            access: try supervisor?.access(configuration, .seconds(10)) ?? nowhere,
            runtime: record
        )
    }

    /// The lines that the handler has reported.
    public var messages: [String] { record.state.withLock { $0.messages } }

    /// The present time of the handler's clock, which stands still until ``advance(by:)``.
    public var now: ContinuousClock.Instant { record.now }

    /// Lets time pass.
    ///
    /// An alarm that is due by then is not handed over: the test does that, by `handle(AlarmEvent(time: test.now))`.
    ///
    /// - Parameter duration: How much time.
    public func advance(by duration: Duration) {
        record.state.withLock { $0.now += duration }
    }

    /// The time for which the handler has set its alarm; nil if it has set none.
    public var alarm: ContinuousClock.Instant? { record.state.withLock { $0.alarm } }

    /// The delay of each snapshot that the handler has requested.
    public var requestedSnapshots: [Duration] { record.state.withLock { $0.requestedSnapshots } }

    /// What gates that are tried answer.
    package func changeGates(_ change: (inout FakeGates) -> Void) {
        record.state.withLock { change(&$0.gates) }
    }

    /// Adds news of the readiness of programs; the test calls the handler for them, by `handleFinishedWork()`.
    package func tell(_ news: ReadinessNews) {
        record.state.withLock { $0.news.append(news) }
    }

    /// Whether the handler has asked the listener to end.
    public var hasEnded: Bool { record.state.withLock { $0.hasEnded } }
}
