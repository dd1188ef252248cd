/// A handler of supervisord's events: the base of all handlers.
///
/// A handler conforms to the protocols of the events that it wants, for example ``ProcessStateHandler``. The listener makes one
/// instance of each handler that the command line selects, before it tells supervisord that it is ready. Calls of an
/// instance never overlap, and come in the order of the events. A handler may take its time. An event is acknowledged when every handler is done with it, or after `--acknowledge-within`; events that come meanwhile wait in the handler's mailbox.
/// A handler that was not done by then is late, and no event waits for it until its mailbox is empty. Errors that a handler throws
/// are reported once for each cause, and the next event follows.
///
/// No instance is used by two tasks at a time, so a handler with state can be a plain `final class`; but calls come from different
/// tasks.
public protocol Handler: SendableMetatype {
    /// The name, in lower case with hyphens: `crash-mail` is selected by `--crash-mail`.
    static var name: String { get }
    /// The line in `--help`: a verb phrase without a full stop.
    static var summary: String { get }
    /// The options that it takes.
    static var options: [any OptionDeclaration] { get }
    /// The events that `events=` must name for it to work.
    ///
    /// By default these are the categories of the protocols that it conforms to. Declare them if it needs more, or works with
    /// fewer; `check` compares them with the configuration.
    static var events: [EventKind] { get }

    /// Makes the handler, and opens what can fail, so that failures surface before the listener is ready.
    ///
    /// - Parameter context: Access to the options, to supervisord and to the listener; it may be kept.
    /// - Throws: Anything. The listener reports it and ends: with status 64 after a ``UsageError``, 65 after a
    ///   ``ConfigurationError``, and 71 after a ``SystemError`` or an error of the handler's own.
    init(_ context: Context) throws
}

extension Handler {
    /// No options.
    public static var options: [any OptionDeclaration] { [] }

    /// The categories of the protocols that the handler conforms to.
    public static var events: [EventKind] { Categories(handledBy: Self.self).eventKinds }
}
