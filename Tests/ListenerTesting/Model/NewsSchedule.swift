import ListenerKit

/// The news of readiness for one listener, in the order of time with its events and alarms.
///
/// News come after the events and alarms of an earlier time have been handled, and are handled before later ones come.
struct NewsSchedule: Sendable {
    private struct Scheduled {
        let news: ReadinessNews
        /// The serial of the first event that comes after it.
        let serial: Int
        let time: Duration
    }

    /// Whether a handler has made a source, so that there is one that news are for.
    private(set) var isWanted = false
    /// The news that come after something that is not handled yet.
    private var scheduled: [Scheduled] = []
    /// The news that the handler can remove.
    private var due: [ReadinessNews] = []
    /// Whether the handler has removed news, and may be at work on them.
    private var isBeingHandled = false
    /// Whether the handler is to be called.
    private var mustCall = false

    /// Whether there are news that are not handled.
    var hasUnhandled: Bool { isBusy || isWanted && !scheduled.isEmpty }

    /// Whether news have come that are not handled.
    var isBusy: Bool { !due.isEmpty || isBeingHandled }

    /// The first news that have not come yet.
    var first: (serial: Int, time: Duration)? {
        scheduled.first.map { ($0.serial, $0.time) }
    }

    /// Records that a handler has made a source.
    mutating func begin() {
        isWanted = true
    }

    /// Adds news that come after all that has happened.
    mutating func schedule(_ news: ReadinessNews, before serial: Int, at time: Duration) {
        scheduled.append(Scheduled(news: news, serial: serial, time: time))
    }

    /// Adds news that come at once: the answer to an attempt.
    mutating func add(_ news: ReadinessNews) {
        due.append(news)
        mustCall = true
    }

    /// Lets the first news come.
    mutating func releaseFirst() {
        add(scheduled.removeFirst().news)
    }

    /// Forgets the news for which no handler has made a source.
    mutating func dropScheduled() {
        scheduled = []
    }

    /// Returns whether the handler is to be called, once.
    mutating func popCall() -> Bool {
        defer { mustCall = false }
        return mustCall
    }

    /// Removes the news that have come.
    ///
    /// The handler is called once more after that: calls do not overlap, so that by then it has handled what it has removed.
    mutating func removeAll() -> [ReadinessNews] {
        defer { due = [] }
        isBeingHandled = !due.isEmpty
        mustCall = isBeingHandled
        return due
    }
}
