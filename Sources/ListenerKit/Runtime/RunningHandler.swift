/// A handler of a listener that runs.
final class RunningHandler: Sendable {
    private let type: any Handler.Type
    private let context: Context
    let link: HandlerLink
    let lateness: LateReport
    /// The handler itself, once it is made.
    ///
    /// Only the worker that makes or calls the handler uses this, and whoever ends the listener if the handler is idle then: the
    /// dispatcher gives out one call of a handler at a time.
    private(set) nonisolated(unsafe) var adapter: HandlerAdapter?
    /// The handler too, if it may be done with an event at once; used like ``adapter``.
    private nonisolated(unsafe) var prompt: (any PromptHandler)?

    /// Prepares a handler.
    ///
    /// - Parameters:
    ///   - type: Its type.
    ///   - context: What it is made with.
    ///   - link: What it asks of its listener; the context has it too.
    ///   - lateness: The report on it.
    init(_ type: any Handler.Type, _ context: Context, _ link: HandlerLink, _ lateness: LateReport) {
        self.type = type
        self.context = context
        self.link = link
        self.lateness = lateness
    }

    /// Its flag, by which messages name it: `--log`.
    var flag: String { "--\(type.name)" }

    /// The key under which the reporter knows that its mailbox is full.
    var overflowKey: String { "mailbox of \(type.name)" }

    /// Whether it does nothing without supervisord's answers.
    var needsSupervisor: Bool { type is any SupervisorDependent.Type }

    /// Makes the handler.
    func make() throws {
        let handler: any Handler = try type.init(context)
        adapter = HandlerAdapter(handler)
        prompt = handler as? any PromptHandler
    }

    /// Has the handler handle an event as far as it can without waiting; called only when the call before has returned.
    ///
    /// - Returns: What is left to do.
    func begin(_ content: Delivery.Content) -> Beginning {
        guard let prompt, case .event(let event) = content else {
            return .notBegun
        }
        return prompt.begin(event)
    }

    /// Lets go of the handler, which closes what it has open.
    func discard() {
        adapter = nil
        prompt = nil
    }
}
