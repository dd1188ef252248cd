package import ListenerKit

/// An ordered stop as a value: follows how all processes stand, and answers with what is to be stopped now.
///
/// It neither calls supervisord nor looks at a clock. Whatever starts meanwhile is stopped when it is its turn, which may be at once;
/// only what supervisord would start again is stopped before. It ends unless processes are started again and again: a process that
/// survives SIGKILL, or that supervisord refuses to stop, is given up.
package struct StopReducer: Sendable {
    /// A process that supervisord was told to stop, or that is STOPPING.
    private struct Stop {
        /// Its pid: another one means another process.
        let pid: Int?
        /// When supervisord was last told.
        var time: ContinuousClock.Instant
        /// When it was found STOPPING; until then, when supervisord was first told.
        let beginning: ContinuousClock.Instant
        let isStopping: Bool
        var isGivenUp = false
    }

    /// How long supervisord may leave a process in a state in which it was told to stop it.
    package static let repeatDelay = Duration.seconds(1)
    /// How long a process may take to disappear after SIGKILL; supervisord may be up to a second late with that.
    package static let killDelay = Duration.seconds(5)
    /// The `stopwaitsecs` of processes that are not in the plan: supervisord's default.
    private static let defaultSeconds = 10

    private let plan: StopPlan
    /// For each process, the index of its step.
    private let stepIndices: [ProcessName: Int]
    private let listeners: Set<ProcessName>
    private var stops: [ProcessName: Stop] = [:]
    /// The processes that were EXITED in the last look.
    private var exited: Set<ProcessName> = []
    private var isHurried = false
    private var isFinished = false
    private var countOfFirstLook: Int?

    /// The processes that are not down for good yet, as of the last look.
    package private(set) var remaining: [ProcessName] = []
    /// How many processes ran when the stop began.
    package var initialCount: Int { countOfFirstLook ?? 0 }

    /// Begins a stop.
    package init(_ plan: StopPlan) {
        self.plan = plan
        let owners = plan.steps.enumerated().flatMap { index, step in step.processes.map { ($0, index) } }
        stepIndices = Dictionary(owners) { first, _ in first }
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
        countOfFirstLook = countOfFirstLook ?? processes.count { $0.state.isUp }
        var commands = processes.compactMap { follow($0, at: now) }
        remaining = processes.filter { isRemaining($0) }.map { $0.name }
        exited = Set(processes.filter { $0.state == .exited }.map { $0.name })
        let turns = turns()
        for process in processes {
            // What is not in the plan depends on nothing, and nothing on it.
            let isTurn = stepIndices[process.name].map { turns[$0] } ?? true
            // A process in BACKOFF does not run, but will.
            if isTurn || isHurried || process.state == .backoff, stop(process, at: now) {
                commands.append(.stop(process.name))
            }
        }
        if remaining.isEmpty {
            isFinished = true
            commands.append(.finish)
        }
        return commands
    }

    /// Returns for each step whether those before it are over.
    private func turns() -> [Bool] {
        var isDown = Array(repeating: true, count: plan.steps.count)
        for process in remaining {
            if let step = stepIndices[process] {
                isDown[step] = false
            }
        }
        var turns: [Bool] = []
        for step in plan.steps {
            // What is down already still has to wait, so that what it depends on waits for all that depend on it.
            turns.append(step.predecessors.allSatisfy { turns[$0] && isDown[$0] })
        }
        return turns
    }

    /// Returns whether a process runs, or may run again by itself.
    private func isRemaining(_ process: ProcessInformation) -> Bool {
        switch process.state {
        case .starting, .running, .stopping, .backoff: !(stops[process.name]?.isGivenUp ?? false)
        // supervisord may start it again before it answers the next time, but not after that.
        case .exited: !exited.contains(process.name)
        case .stopped, .fatal, .unknown: false
        }
    }

    /// Notes how far the stop of a process has come, and gives up one that does not stop.
    private mutating func follow(_ process: ProcessInformation, at now: ContinuousClock.Instant) -> StopCommand? {
        let known = stops[process.name].flatMap { $0.pid == process.pid && process.state.isStoppable ? $0 : nil }
        stops[process.name] = known
        if process.state == .stopping, !(known?.isStopping ?? false) {
            stops[process.name] = Stop(pid: process.pid, time: now, beginning: now, isStopping: true)
            return nil
        }
        guard let known, !known.isGivenUp, known.beginning + limit(process.name) <= now else {
            return nil
        }
        stops[process.name]?.isGivenUp = true
        return .reportSurvivor(process.name, pid: process.pid)
    }

    /// Returns how long a process may take to stop.
    private func limit(_ process: ProcessName) -> Duration {
        .seconds(stepIndices[process].map { plan.steps[$0].seconds } ?? Self.defaultSeconds) + Self.killDelay
    }

    /// Notes that a process is stopped now.
    ///
    /// - Returns: Whether that is to be done; it is not if it is down, or if supervisord was told a moment ago.
    private mutating func stop(_ process: ProcessInformation, at now: ContinuousClock.Instant) -> Bool {
        guard process.state.isStoppable, process.state != .stopping else {
            return false
        }
        let known = stops[process.name]
        if let known, known.isGivenUp || now < known.time + Self.repeatDelay {
            return false
        }
        stops[process.name] = Stop(
            pid: process.pid,
            time: now,
            beginning: known?.beginning ?? now,
            isStopping: false
        )
        return true
    }
}

extension ProcessState {
    /// Whether a process of this state runs.
    fileprivate var isUp: Bool { self == .starting || self == .running || self == .stopping }

    /// Whether a process of this state can be stopped, or is being stopped.
    fileprivate var isStoppable: Bool { isUp || self == .backoff }
}
