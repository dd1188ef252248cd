package import ListenerKit

/// A handler that can be replayed: the part of it that decides, without supervisord and without a clock.
package protocol HandlerReplay {
    /// The name of the handler.
    static var handler: String { get }

    /// Begins as the handler has begun.
    ///
    /// - Parameters:
    ///   - beginning: The details of its first entry.
    ///   - clock: Converts the times of the record.
    /// - Throws: ``MalformedRecord`` if they cannot be read.
    init(_ beginning: JSONValue, _ clock: ReplayClock) throws(MalformedRecord)

    /// Gives it an event.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - kind: What the record says of the event beside its time; nil if it says no more.
    ///   - now: The time.
    /// - Returns: What it decides, in the words of the record.
    mutating func apply(_ event: Event, _ kind: String?, at now: ContinuousClock.Instant) -> [String]

    /// Gives it a snapshot.
    mutating func apply(
        _ snapshot: Snapshot,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String]

    /// Gives it something else.
    mutating func apply(
        _ kind: String,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String]
}

/// Converts the times of a record, which are seconds since the first entry of a handler.
package struct ReplayClock: Sendable {
    private let beginning = ContinuousClock.now

    /// Begins now.
    package init() {}

    /// Returns the time of the clock for one of a record.
    package func time(_ time: Duration) -> ContinuousClock.Instant {
        beginning + time
    }

    /// Returns a time as a record has it.
    package func recorded(_ time: ContinuousClock.Instant) -> Duration {
        beginning.duration(to: time)
    }
}
