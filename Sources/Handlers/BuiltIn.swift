public import ListenerKit

/// The handlers that come with this package.
public let builtInHandlers: [any Handler.Type] = [EventLog.self]
