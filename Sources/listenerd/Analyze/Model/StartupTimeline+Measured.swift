import Handlers
import ListenerKit

extension StartupTimeline {
    /// Draws a startup that was measured, or one that might have been.
    init(_ startup: MeasuredStartup) {
        let order = startup.processes.indices.filter { startup.processes[$0].isExpected }.sorted { one, other in
            (startup.times[one].started, one) < (startup.times[other].started, other)
        }
        let positions = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        let total = startup.total
        bars = order.map { Bar($0, startup, positions, total: total) }
        self.total = total
        criticalChain = startup.criticalChain.compactMap { positions[$0] }
    }
}

extension StartupTimeline.Bar {
    fileprivate init(_ process: Int, _ startup: MeasuredStartup, _ positions: [Int: Int], total: Double) {
        let times = startup.times[process]
        let history = startup.processes[process].history
        name = startup.processes[process].name.description
        var waits: [Wait] = []
        for dependency in startup.programs[startup.processes[process].program].dependencies {
            if let decisive = startup.decisive(dependency), let bar = positions[decisive] {
                waits.append(Wait(bar, dependency, startup, decisive))
            }
        }
        self.waits = waits
        started = times.started.finite
        running = times.running.finite
        ready = times.ready.finite
        let exit = times.exited <= total && history.restarts == 0 ? times.exited.finite : nil
        outcome = startup.outcome(process, hasExited: exit != nil)
        exited = if exit == nil, case .failed = outcome { times.failed.finite } else { exit }
        restarts = history.restarts
        failures = history.failures
    }
}

extension StartupTimeline.Bar.Wait {
    fileprivate init(_ bar: Int, _ dependency: MeasuredProgram.Dependency, _ startup: MeasuredStartup, _ decisive: Int)
    {
        let met = startup.met(dependency)
        let words = dependency.conditions.positions.map { StartupConditions(position: $0) }
        let reached = words.filter { startup.time(of: $0, decisive) <= met && met < .infinity }
        self.init(
            bar: bar,
            condition: startup.words(of: reached.first ?? dependency.conditions, decisive),
            time: met.finite
        )
    }
}

extension MeasuredStartup {
    /// Returns conditions of a process in words: `ready` instead of `running` if it has gates.
    fileprivate func words(of conditions: StartupConditions, _ process: Int) -> String {
        conditions.words.map { $0 == "running" && processes[process].hasGates ? "ready" : $0 }.joined(separator: " or ")
    }

    fileprivate func outcome(_ process: Int, hasExited: Bool) -> StartupTimeline.Bar.Outcome {
        let times = times[process]
        let history = processes[process].history
        if goal(process) < .infinity {
            if hasExited, times.conditions.earliest(of: .completed) == .infinity, let failure = history.failure {
                return .failed(failure)
            }
            return hasExited ? .completed : .ready
        }
        if let failure = history.failure {
            return .failed(failure)
        }
        guard times.started < .infinity else {
            return .unfinished(waiting(process))
        }
        if times.running == .infinity {
            return .unfinished(history.state == .backoff ? "backing off" : "starting")
        }
        return .unfinished(times.ready == .infinity ? "RUNNING, but not ready" : "RUNNING, but not at its end")
    }

    /// What a process that was never started waits for.
    private func waiting(_ process: Int) -> String {
        let dependencies = programs[processes[process].program].dependencies.filter { met($0) == .infinity }
        guard let first = dependencies.first else {
            return "not started"
        }
        let words = decisive(first).map { self.words(of: first.conditions, $0) } ?? first.conditions.description
        return "waiting for \(first.parent) (\(words))"
    }
}

extension Double {
    /// The number; nil if it stands for never.
    fileprivate var finite: Double? { self < .infinity ? self : nil }
}
