public import ListenerKit

/// The handlers that come with this package, in the order of their flags in help.
public let builtInHandlers: [any Handler.Type] = [OrderedStartup.self, FatalExit.self, EventLog.self]
