package import ListenerKit

/// `--fatal-exit`, as it decides when a run is replayed.
package struct FatalExitReplay: HandlerReplay {
    package static let handler = HandlerName.fatalExit

    private var reducer: FatalExitReducer
    private let selection: ProgramSelection
    private let clock: ReplayClock

    package init(_ beginning: JSONValue, _ clock: ReplayClock) throws(MalformedRecord) {
        let beginning = try FatalExitBeginning(beginning)
        reducer = FatalExitReducer(beginning)
        selection = beginning.selection
        self.clock = clock
    }

    package mutating func apply(_ event: Event, _ kind: String?, at now: ContinuousClock.Instant) -> [String] {
        switch event {
        case .processState(let event): apply(.change(event), at: now)
        case .processGroup(let event): apply(.group(event), at: now)
        case .supervisorState(let event): apply(.supervisor(event), at: now)
        default: []
        }
    }

    package mutating func apply(
        _ snapshot: Snapshot,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String] {
        apply(.snapshot(snapshot, try .init(ifIn: details, selection)), at: now)
    }

    package mutating func apply(
        _ kind: String,
        _ details: JSONValue,
        at now: ContinuousClock.Instant
    ) throws(MalformedRecord) -> [String] {
        apply(try FatalExitInput(kind, details, selection), at: now)
    }

    private mutating func apply(_ input: FatalExitInput, at now: ContinuousClock.Instant) -> [String] {
        reducer.apply(input, at: now).map { [clock] in $0.words(clock.recorded) }
    }
}
