/// The state of all processes: an event that the listener makes itself, by asking supervisord.
///
/// It comes when the listener starts, before the first event if supervisord answers in time, and whenever events may have been
/// missed. A handler that can go on from a snapshot survives lost events, and its own restart.
public struct Snapshot: Sendable {
    /// All processes that supervisord manages.
    public let processes: [ProcessInformation]
    /// The reason for the snapshot.
    public let reason: Reason
    /// When supervisord was asked: the processes had these states at that moment, or later.
    public let time: ContinuousClock.Instant

    /// A reason for a snapshot.
    @nonexhaustive
    public enum Reason: Hashable, Sendable {
        /// The listener has started.
        case start
        /// supervisord has discarded so many events because its buffer, or a mailbox, was full.
        case lostEvents(count: Int)
        /// supervisord has reloaded its configuration.
        case reload
        /// A handler asked for it.
        case request
    }

    /// Describes the state of all processes.
    ///
    /// - Parameters:
    ///   - processes: All processes that supervisord manages.
    ///   - reason: The reason for the snapshot.
    ///   - time: When supervisord was asked.
    public init(processes: [ProcessInformation], reason: Reason, time: ContinuousClock.Instant = .now) {
        self.processes = processes
        self.reason = reason
        self.time = time
    }
}
