/// Something that a source of readiness has learned.
package enum ReadinessNews: Hashable, Sendable {
    /// An attempt is over.
    case finished(attempt: Int, ProbeOutcome)
    /// A process has sent something to a notification socket.
    case notified(ReceivedNotification)
    /// Somebody, such as `listenerd status`, asks how the gates stand, and waits for an answer.
    case asked(question: Int)
    /// Nobody waits for that answer any more.
    case hungUp(question: Int)
    /// Something about the source itself that a user should know, once for each text.
    case warning(String)
    /// A test says that a process is ready: all of its gates have passed, or, if not, are shut again.
    case declared(ProcessName, isReady: Bool)
}
