import ListenerKit

@testable import Handlers

/// supervisord, as a simulation has it.
extension StartupSimulation {
    mutating func start(_ index: Int) {
        processes[index].isStarted = true
        processes[index].gateOpening = chance(faults.shutGates) ? nil : now + delay(upTo: .milliseconds(60))
        enter(.starting(tries: 0), index)
        if plan.programs[owners[index]].startSeconds <= 0 {
            enter(.running(pid: 1), index)
        }
        if !chance(faults.hangs) {
            scheduleTransition(of: index)
        }
    }

    private mutating func scheduleTransition(of index: Int) {
        schedule(.transition(index, generation: processes[index].generation), after: delay(upTo: .milliseconds(40)))
    }

    /// Changes the state of a process, and sends the event.
    private mutating func enter(_ transition: ProcessStateEvent.Transition, _ index: Int) {
        let previous = processes[index].state
        let wasReady = isReady(index)
        let hadReached = processes[index].reached.contains(.running)
        processes[index].state = transition.state
        processes[index].generation += 1
        processes[index].reached.formUnion(StartupConditions(transition))
        if hasGates(index), !wasReady, !hadReached {
            processes[index].reached.remove(.running)
        }
        switch transition {
        case .fatal, .stopped: processes[index].hasFailed = true
        case .exited(let isExpected, _):
            processes[index].hasFailed = true
            processes[index].status = isExpected ? 0 : 1
        default: break
        }
        send(.state(names[index], from: previous, transition))
        if chance(faults.restarts, of: 100_000) {
            startListener()
        }
    }

    mutating func step(_ index: Int) {
        if chance(faults.updates, of: 1000), let program = plan.programs.randomElement(using: &random) {
            update(program)
            guard processes[index].isStarted, processes[index].state != .stopped else {
                return
            }
        }
        let previous = processes[index].state
        guard !neverEnds || previous != .running else {
            return
        }
        guard previous == .backoff || !chance(faults.stops) else {
            enter(.stopping(pid: 1), index)
            return enter(.stopped(pid: 1), index)
        }
        switch previous {
        case .starting: enter(chance(faults.failures) ? .backoff(tries: 4) : .running(pid: 1), index)
        case .backoff: enter(.fatal, index)
        case .running: enter(.exited(expected: !chance(faults.failures), pid: 1), index)
        default: return
        }
        if ![.exited, .fatal].contains(processes[index].state) {
            scheduleTransition(of: index)
        }
    }

    func hasGates(_ index: Int) -> Bool { plan.programs[owners[index]].gates != nil }

    /// Whether a process is RUNNING, and its gate is open.
    func isReady(_ index: Int) -> Bool { processes[index].state == .running && isOpen(index) }

    /// Whether an attempt finds the gate of a process open.
    func isOpen(_ index: Int) -> Bool {
        guard processes[index].state == .starting || processes[index].state == .running else {
            return false
        }
        return processes[index].gateOpening.map { $0 <= now } ?? false
    }

    /// What a process has reached by now.
    private func reached(_ index: Int) -> StartupConditions {
        isReady(index) ? processes[index].reached.union(.running) : processes[index].reached
    }

    /// Stops a program, removes its group, and adds it again.
    private mutating func update(_ program: PlannedProgram) {
        guard program.processIndices.allSatisfy({ processes[$0].isKnown }) else {
            return
        }
        for index in program.processIndices {
            if [.starting, .running, .backoff].contains(processes[index].state) {
                enter(.stopping(pid: 1), index)
                enter(.stopped(pid: 1), index)
            }
            replaced.insert(names[index].description)
            processes[index].state = .stopped
            processes[index].isStarted = false
            processes[index].generation += 1
        }
        send(.group(program.group, .removed))
        send(.group(program.group, .added))
        for index in program.processIndices where program.isAutostarted {
            start(index)
        }
    }

    /// Has supervisord read what it does not know yet; false if there is nothing.
    mutating func becomeKnown() -> Bool {
        let unknown = plan.programs.filter { $0.processIndices.contains { !processes[$0].isKnown } }
        for program in unknown {
            send(.group(program.group, .added))
            for index in program.processIndices {
                processes[index].isKnown = true
                if program.isAutostarted {
                    start(index)
                }
            }
        }
        return !unknown.isEmpty
    }

    /// Every process that supervisord knows.
    var information: [ProcessInformation] {
        names.indices.filter { processes[$0].isKnown }.map { index in
            ProcessInformation(
                name: names[index],
                state: processes[index].state,
                startTime: processes[index].isStarted ? Timestamp(seconds: 1000) : nil,
                now: Timestamp(seconds: 1000),
                exitStatus: processes[index].status
            )
        }
    }
}

// MARK: - Starts

extension StartupSimulation {
    /// Starts a process on the listener's call, and checks that it may be started.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - isAnswered: Whether supervisord's answer reaches the listener.
    /// - Returns: What becomes of the call.
    mutating func attempt(_ process: ProcessName, isAnswered: Bool) -> StartOutcome {
        let index = indices[process] ?? 0
        if !isAnswered {
            if chance(50), !processes[index].isRefused {
                check(process, index)
                start(index)
            }
            return .unconfirmed(reason: "timed out")
        }
        check(process, index)
        if processes[index].isRefused || chance(faults.refusals) {
            processes[index].isRefused = true
            return .refused(reason: "NO_FILE", lacksCommand: true)
        }
        start(index)
        return .started
    }

    private mutating func check(_ process: ProcessName, _ index: Int) {
        if !processes[index].isKnown {
            violations.append("\(process) is not known yet")
        }
        if processes[index].isStarted {
            violations.append("\(process) is started twice")
        }
        for dependency in plan.programs[owners[index]].dependencies where !dependency.isOptional {
            let parent = plan[parent: dependency].processes.map { reached($0) }
            let common = parent.reduce(StartupConditions.all) { $0.intersection($1) }
            if common.isDisjoint(with: dependency.conditions), !goesOn(without: plan[parent: dependency]) {
                violations.append("\(process) is started before \(plan[parent: dependency].name)")
            }
        }
    }

    /// Whether the policy lets others go on as if a parent had reached what it should.
    private func goesOn(without parent: StartupParent) -> Bool {
        policy == .continue && (isOverdue || parent.processes.contains { hasFailed($0) })
    }
}
