/// What reacts to supervisord's events: the base of all handlers.
///
/// A handler conforms to the protocols of those events that it needs, for example ``ProcessStateHandler``. The listener
/// makes one instance of each handler that the command line selects, before it tells supervisord that it is ready, and
/// calls it from one task: calls never overlap, come in the order of the events, and wait for each other. A handler may
/// take its time; the event is acknowledged when every handler is done with it, or after `--acknowledge-within`, and what
/// comes meanwhile waits in the handler's mailbox. A handler that was not done by then is late, and no event waits for it
/// until its mailbox is empty. Whatever a handler throws is reported once for each cause, and the next event follows.
///
/// Instances never leave their task, so a handler that remembers things can be a plain `final class`.
public protocol Handler: SendableMetatype {
    /// Its name, in lower case with hyphens: `crash-mail` is selected by `--crash-mail`.
    static var name: String { get }
    /// What it does, as one line of `--help`.
    static var summary: String { get }
    /// The options that it takes.
    static var options: [any OptionDeclaration] { get }
    /// What `events=` must name for it to work.
    static var events: [EventKind] { get }

    /// Makes the handler, and opens what can fail, so that failures surface before the listener is ready.
    ///
    /// - Parameter context: What the listener offers.
    /// - Throws: Anything; the listener says it and ends. Throw ``UsageError`` where the command line is to blame.
    init(_ context: Context) throws
}

extension Handler {
    /// No options.
    public static var options: [any OptionDeclaration] { [] }
}
