import ListenerKit

@testable import Handlers

/// supervisord, as a simulation of a stop has it.
extension StopSimulation {
    /// How long supervisord takes to notice that a process does not stop.
    private static let killDelay = Duration.seconds(1)

    mutating func makeProcess(_ process: StopGraph.Process) -> SimulatedProcess {
        let states: [ProcessState] = [.starting, .backoff, .stopped, .exited, .fatal, .stopping, .unknown]
        let state = chance(faults.others) ? states.randomElement(using: &random) ?? .running : .running
        let survives = chance(faults.survivors)
        lastPID += 1
        return SimulatedProcess(
            name: process.name,
            state: state,
            pid: [.starting, .running, .stopping].contains(state) ? lastPID : nil,
            startTime: now - .seconds(100),
            stopTime: chance(20) ? .seconds(1000) : delay(upTo: .seconds(2)),
            survives: survives,
            isUnstoppable: !survives && chance(faults.unstoppable),
            isRestarted: chance(50),
            crashes: chance(faults.crashes)
        )
    }

    /// All processes, and a listener, which nobody is to stop.
    var information: [ProcessInformation] {
        let listener = ProcessInformation(name: ProcessName(group: "l", process: "l"), state: .running, pid: 1)
        return [listener] + processes.map { ProcessInformation(name: $0.name, state: $0.state, pid: $0.pid) }
    }

    private mutating func enter(_ state: ProcessState, _ index: Int) {
        processes[index].state = state
        processes[index].generation += 1
        if !processes[index].isUp {
            processes[index].pid = nil
            processes[index].end = now
        }
        scheduleTransition(of: index)
    }

    private mutating func start(_ index: Int) {
        lastPID += 1
        processes[index].pid = lastPID
        processes[index].startTime = now
        enter(.starting, index)
    }

    /// Has a process leave its state by itself, if it does.
    mutating func scheduleTransition(of index: Int) {
        let process = processes[index]
        var delay: Duration?
        switch process.state {
        case .starting, .backoff: delay = self.delay(upTo: .seconds(2))
        case .running where process.crashes: delay = self.delay(upTo: .seconds(5))
        case .stopping where !process.survives:
            let limit = Duration.seconds(graph.processes[index].seconds)
            delay = process.stopTime < limit ? process.stopTime : limit + self.delay(upTo: Self.killDelay)
        // Once it answers, or a second later: see restartExited().
        case .exited where process.isRestarted: delay = self.delay(upTo: .seconds(1))
        case .running, .stopping, .stopped, .exited, .fatal, .unknown: break
        }
        if let delay {
            schedule(.transition(index, generation: process.generation), after: delay)
        }
    }

    mutating func changeState(of index: Int) {
        switch processes[index].state {
        case .starting: enter(chance(20) ? .backoff : .running, index)
        case .backoff: chance(20) ? enter(.fatal, index) : start(index)
        case .running:
            processes[index].crashes = chance(50)
            enter(.exited, index)
        case .stopping: enter(.stopped, index)
        case .exited: start(index)
        case .stopped, .fatal, .unknown: break
        }
    }

    /// Starts processes again that have exited: supervisord does that between two answers.
    mutating func restartExited() {
        for index in processes.indices where processes[index].state == .exited && processes[index].isRestarted {
            start(index)
        }
    }

    mutating func startByOperator(_ index: Int) {
        if [.stopped, .exited, .fatal].contains(processes[index].state) {
            start(index)
        }
    }

    /// Stops a process on the reducer's call, and checks that it may be stopped.
    mutating func stop(_ index: Int, _ decision: Decision) {
        let process = processes[index]
        for other in graph.before[index].map({ processes[$0] }) {
            let mayRun = other.isUp || other.state == .backoff || (other.state == .exited && other.isRestarted)
            // Nothing can be known about what was started later, and what is in BACKOFF does not run.
            let isExcused = isGivenUp(other) || other.startTime > decision.time || decision.isHurried
            if mayRun, !isExcused, decision.state != .backoff {
                violations.append("\(process.name) is stopped before \(other.name), which is \(other.state)")
            }
        }
        guard !process.isUnstoppable, !chance(faults.refusals) else {
            return
        }
        switch process.state {
        case .starting, .running:
            processes[index].stopBeginning = processes[index].stopBeginning ?? now
            enter(.stopping, index)
        case .backoff: enter(.stopped, index)
        case .stopping, .stopped, .exited, .fatal, .unknown: break
        }
    }
}
