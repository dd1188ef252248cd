/// How all processes stand: an event that the listener makes itself, by asking supervisord.
///
/// It comes when the listener starts, before the first event where supervisord answers in time, and whenever events may
/// have been missed. A handler that can go on from a snapshot survives whatever happens to events, and its own restart.
public struct Snapshot: Sendable {
    /// Every process that supervisord knows.
    public let processes: [ProcessInformation]
    /// Why the processes were looked at.
    public let reason: Reason
    /// When supervisord was asked: the processes stood so at that moment, or later.
    public let time: ContinuousClock.Instant

    /// Why processes are looked at.
    @nonexhaustive
    public enum Reason: Hashable, Sendable {
        /// The listener has started.
        case start
        /// supervisord has discarded so many events because its buffer, or a mailbox, was full.
        case lostEvents(count: Int)
        /// supervisord has read its configuration anew.
        case reload
        /// A handler asked for it.
        case request
    }

    /// Describes how processes stand.
    ///
    /// - Parameters:
    ///   - processes: Every process that supervisord knows.
    ///   - reason: Why the processes were looked at.
    ///   - time: When supervisord was asked.
    public init(processes: [ProcessInformation], reason: Reason, time: ContinuousClock.Instant = .now) {
        self.processes = processes
        self.reason = reason
        self.time = time
    }
}
