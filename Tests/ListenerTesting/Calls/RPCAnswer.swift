import ListenerKit

/// The answer of supervisord to a call.
enum RPCAnswer: Sendable {
    /// It answers at once.
    case now(XMLRPCReply)
    /// It answers when something is the case.
    case later(@Sendable (SupervisorModel) -> XMLRPCReply?)
    /// It carries other calls out, one after the other, and answers them all at once.
    case inTurn([RPCCall])
}
