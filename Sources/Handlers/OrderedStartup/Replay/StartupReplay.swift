package import ListenerKit

/// Ordered startup, as it decides when a run is replayed.
package struct StartupReplay: HandlerReplay {
    package static let handler = HandlerName.orderedStartup

    private var reducer: StartupReducer
    private let clock: ReplayClock

    package init(_ beginning: JSONValue, _ clock: ReplayClock) throws(MalformedRecord) {
        reducer = try StartupBeginning(beginning).reducer
        self.clock = clock
    }

    package mutating func apply(_ event: Event, _ kind: String?, at now: ContinuousClock.Instant) -> [String] {
        switch event {
        case .processState(let event):
            apply(.change(event, isNews: kind == StartupRecord.unknownProcess), at: now)
        case .processGroup(let event): apply(.group(event), at: now)
        default: []
        }
    }

    package mutating func apply(
        _ snapshot: Snapshot,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String] {
        let configuration = details["plan"] == nil ? nil : try StartupReducer.Configuration(details)
        return apply(.snapshot(snapshot, configuration), at: now)
    }

    package mutating func apply(
        _ kind: String,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String] {
        apply(try StartupInput(kind, details), at: now)
    }

    private mutating func apply(_ input: StartupInput, at now: ContinuousClock.Instant) -> [String] {
        reducer.apply(input, at: now).map { [clock] in $0.words(clock.recorded) }
    }
}
