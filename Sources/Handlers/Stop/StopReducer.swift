package import ListenerKit

/// An ordered stop as a value: follows how all processes stand, and answers with what is to be stopped now.
///
/// It neither calls supervisord nor looks at a clock. It always comes to an end: a process that starts meanwhile is stopped at once,
/// and one that survives SIGKILL is given up.
package struct StopReducer: Sendable {
    /// A process that supervisord was told to stop, or is stopping.
    private struct Stop {
        /// Its pid: another one means another process.
        let pid: Int?
        /// When it was told.
        var time: ContinuousClock.Instant
        /// When it began to be STOPPING.
        var beginning: ContinuousClock.Instant?
        var isGivenUp = false
    }

    /// How long supervisord may leave a process in a state in which it was told to stop it.
    package static let repeatDelay = Duration.seconds(1)
    /// How long a process may take to disappear after SIGKILL; supervisord may be up to a second late with that.
    package static let killDelay = Duration.seconds(5)

    private let plan: StopPlan
    private let seconds: [ProcessName: Int]
    private let listeners: Set<ProcessName>
    private var stops: [ProcessName: Stop] = [:]
    /// The processes that ran when the stop began; nil before the first look.
    private var initialPIDs: [ProcessName: Int?]?
    private var isHurried = false
    private var isFinished = false

    /// The processes that are not down yet, as of the last look.
    package private(set) var remaining: [ProcessName] = []
    /// How many processes ran when the stop began.
    package var initialCount: Int { initialPIDs?.count ?? 0 }

    /// Begins a stop.
    package init(_ plan: StopPlan) {
        self.plan = plan
        seconds = Dictionary(plan.steps.flatMap { step in step.processes.map { ($0, step.seconds) } }) { max($0, $1) }
        listeners = Set(plan.listeners.flatMap { $0.processes })
    }

    /// Gives up the order: everything is stopped at once.
    package mutating func hurry() {
        isHurried = true
    }

    /// Follows how all processes stand.
    ///
    /// - Parameters:
    ///   - processes: All processes that supervisord knows.
    ///   - now: The present time.
    /// - Returns: What is to be done, in this order.
    package mutating func apply(
        _ processes: [ProcessInformation],
        at now: ContinuousClock.Instant
    ) -> [StopCommand] {
        guard !isFinished else {
            return []
        }
        let processes = processes.filter { !listeners.contains($0.name) }
        let initial = initialPIDs ?? processes.filter { $0.state.isUp }.reduce(into: [:]) { $0[$1.name] = $1.pid }
        initialPIDs = initial
        var commands = processes.compactMap { follow($0, at: now) }
        remaining = processes.filter { $0.state.isUp && !(stops[$0.name]?.isGivenUp ?? false) }.map { $0.name }
        let turns = turns(whileUp: Set(remaining))
        for process in processes {
            let isNew = process.state.isUp && initial[process.name] != .some(process.pid)
            if isHurried || isNew || process.state == .backoff || turns[process.name] ?? true {
                commands += stop(process, at: now)
            }
        }
        if remaining.isEmpty, !processes.contains(where: { $0.state == .backoff }) {
            isFinished = true
            commands.append(.finish)
        }
        return commands
    }

    /// Returns for each process of the plan whether all that depend on it have stopped.
    private func turns(whileUp remaining: Set<ProcessName>) -> [ProcessName: Bool] {
        var turns: [ProcessName: Bool] = [:]
        var isOver: [Bool] = []
        for step in plan.steps {
            let isTurn = step.predecessors.allSatisfy { isOver[$0] }
            isOver.append(isTurn && step.processes.allSatisfy { !remaining.contains($0) })
            for process in step.processes {
                turns[process] = isTurn
            }
        }
        return turns
    }

    /// Notes how far the stop of a process has come, and gives up one that survives SIGKILL.
    private mutating func follow(_ process: ProcessInformation, at now: ContinuousClock.Instant) -> StopCommand? {
        guard process.state == .stopping else {
            return nil
        }
        var stop = stops[process.name] ?? Stop(pid: process.pid, time: now)
        let beginning = stop.beginning ?? now
        stop.beginning = beginning
        let limit = Duration.seconds(seconds[process.name] ?? 10) + Self.killDelay
        let isSurvivor = !stop.isGivenUp && beginning + limit <= now
        stop.isGivenUp = stop.isGivenUp || isSurvivor
        stops[process.name] = stop
        return isSurvivor ? .reportSurvivor(process.name, pid: process.pid) : nil
    }

    /// Tells supervisord to stop a process, unless that is under way.
    private mutating func stop(_ process: ProcessInformation, at now: ContinuousClock.Instant) -> [StopCommand] {
        guard [.starting, .running, .backoff].contains(process.state) else {
            return []
        }
        if let stop = stops[process.name], stop.pid == process.pid, now < stop.time + Self.repeatDelay {
            return []
        }
        stops[process.name] = Stop(pid: process.pid, time: now)
        return [.stop(process.name)]
    }
}

extension ProcessState {
    /// Whether a process of this state runs.
    fileprivate var isUp: Bool {
        switch self {
        case .starting, .running, .stopping: true
        case .stopped, .backoff, .exited, .fatal, .unknown: false
        }
    }
}
