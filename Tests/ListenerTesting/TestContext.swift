public import ListenerKit
import Synchronization

/// What a single handler is offered in a test without a listener, and what it has asked for.
///
/// ```swift
/// let test = try TestContext(for: CrashMail.self, arguments: ["--crash-mail-to=x"])
/// let handler = try CrashMail(test.context)
/// try await handler.handle(event)
/// #expect(test.messages == ["listener: info: mail sent to x"])
/// ```
public struct TestContext: Sendable {
    /// What to make the handler with.
    public let context: Context
    private let record: Record

    private final class Record: HandlerRuntime {
        struct State {
            var messages: [String] = []
            var alarm: ContinuousClock.Instant?
            var requestedSnapshots: [Duration] = []
            var hasEnded = false
        }

        let state = Mutex(State())

        func setAlarm(at deadline: ContinuousClock.Instant?) {
            state.withLock { $0.alarm = deadline }
        }

        func deliverFinishedWork() {}

        func requestSnapshot(after delay: Duration) {
            state.withLock { $0.requestedSnapshots.append(delay) }
        }

        func nudgeWhileStopping() {}

        var processEnds: ProcessEnds? { nil }

        func end() {
            state.withLock { $0.hasEnded = true }
        }
    }

    /// Prepares a context.
    ///
    /// - Parameters:
    ///   - handler: The type of the handler; its flag need not be among the arguments.
    ///   - others: Other handlers that the arguments may select.
    ///   - arguments: The command line.
    ///   - supervisor: The supervisord that the handler can call, if any.
    ///   - configuration: The text of supervisord's configuration, where the handler reads that; needs a supervisord.
    /// - Throws: ``ListenerKit/UsageError`` where the arguments cannot be carried out.
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
        let nowhere = Surroundings(
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
            surroundings: try supervisor?.surroundings(configuration, .seconds(10)) ?? nowhere,
            runtime: record
        )
    }

    /// The lines that the handler has said.
    public var messages: [String] { record.state.withLock { $0.messages } }

    /// When the handler wants to be called as an ``ListenerKit/AlarmHandler``.
    public var alarm: ContinuousClock.Instant? { record.state.withLock { $0.alarm } }

    /// For each snapshot that the handler has asked for, how long it wants to wait.
    public var requestedSnapshots: [Duration] { record.state.withLock { $0.requestedSnapshots } }

    /// Whether the handler has asked the listener to end.
    public var hasEnded: Bool { record.state.withLock { $0.hasEnded } }
}
