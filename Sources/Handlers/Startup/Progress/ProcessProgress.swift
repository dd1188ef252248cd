import ListenerKit

/// What is known of one process.
struct ProcessProgress {
    /// How far its start has come.
    enum Start: Equatable {
        /// Nobody has started it.
        case none
        /// Its start was asked for.
        case asked
        /// Its start was asked for, and nobody knows whether supervisord has heard it.
        case inDoubt
        /// supervisord has refused to start it.
        case refused
        /// It was started, by whomever.
        case seen
        /// It was seen or refused, and its group was added since, or was not started when supervisord was asked: there may be
        /// another process in its place.
        case maybeReplaced

        /// Whether nothing more has to be done for it.
        var isDone: Bool {
            switch self {
            case .asked, .inDoubt, .seen, .maybeReplaced: true
            case .none, .refused: false
            }
        }

        /// Whether the next snapshot tells what has become of it.
        var isUncertain: Bool {
            switch self {
            case .inDoubt, .maybeReplaced: true
            case .none, .asked, .refused, .seen: false
            }
        }
    }

    let name: ProcessName
    var program: Int
    var state = ProcessState.stopped
    var reached: StartupConditions = []
    var start = Start.none
    /// Whether supervisord knew it when it was last asked.
    var isKnown = false
    /// Whether its start was asked for here, and not only seen.
    var isStartedHere = false
    /// How often in a row it exited unexpectedly right after its start.
    var quickEnds = 0
    /// When it was first known to have been started, the last time that it was.
    var seen: ContinuousClock.Instant?
    /// Why it reaches nothing more, where that is so.
    var failure: StartupFailure?
    /// The last failure that was said.
    var lastSaid: StartupFailure?
    /// Since when it has been STARTING or RUNNING, where it is.
    var since: ContinuousClock.Instant?
    var lastNudge: ContinuousClock.Instant?

    init(_ name: ProcessName, program: Int) {
        self.name = name
        self.program = program
    }
}
