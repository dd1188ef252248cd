import ListenerKit

/// The progress of one process.
struct ProcessProgress {
    /// How far its start has come.
    enum Start: Equatable {
        /// Nobody has started it.
        case none
        /// supervisord was asked to start it.
        case asked
        /// supervisord was asked to start it, and it is unknown whether the call arrived.
        case unconfirmed
        /// supervisord has refused to start it.
        case refused
        /// It was started, by whomever.
        case seen
        /// It was seen or refused, and its group was added since, or it was found not to be started: it may have been
        /// replaced.
        case maybeReplaced

        /// Whether nothing more has to be done for it.
        var isDone: Bool {
            switch self {
            case .asked, .unconfirmed, .seen, .maybeReplaced: true
            case .none, .refused: false
            }
        }
    }

    let name: ProcessName
    /// The index of its program.
    var program: Int
    var state = ProcessState.stopped
    var reached: StartupConditions = []
    /// Whether it has gates, so that it counts as running only once these have passed.
    private(set) var hasGates: Bool
    /// Whether its gates have passed since it was started.
    var isReady = false
    /// Whether it has ever been RUNNING, whatever its gates say.
    var hasBeenUp = false
    var start = Start.none
    /// Whether supervisord knew it when it was last asked.
    var isKnown = false
    /// Whether supervisord was asked to start it here, and it was not only seen.
    var isStartedHere = false
    /// How often in a row it has exited unexpectedly right after its start.
    var quickExits = 0
    /// When it was first known to have been started, the last time that it was.
    var seen: ContinuousClock.Instant?
    /// Why it reaches nothing more, if that is so.
    var failure: StartupFailure?
    /// The last failure that was reported.
    var lastReported: StartupFailure?
    /// Since when it has been STARTING or RUNNING, if it is.
    var since: ContinuousClock.Instant?

    init(_ name: ProcessName, program: Int, hasGates: Bool) {
        self.name = name
        self.program = program
        self.hasGates = hasGates
    }

    /// Takes over what is known of the same process under another plan, except for a failure.
    mutating func keep(_ old: ProcessProgress) {
        let new = self
        self = old
        program = new.program
        hasGates = new.hasGates
        failure = nil
    }
}
