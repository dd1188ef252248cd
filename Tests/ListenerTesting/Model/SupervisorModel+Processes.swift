import ListenerKit

extension SupervisorModel {
    /// Adds programs, without an event.
    mutating func insert(_ programs: [FakeProgram]) {
        processes += programs.map { FakeProcess($0) }
        // Sorting is stable: members of a group stay in their order.
        processes.sort { ($0.program.priority, $0.program.group) < ($1.program.priority, $1.program.group) }
    }

    /// Returns the index of a process by a name as supervisord reads it: `group:process`, or one name for both.
    func index(of name: String) throws(Fault) -> Int {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        let wanted = ProcessName(group: parts[0], process: parts.last ?? "")
        guard let index = processes.firstIndex(where: { $0.name == wanted }) else {
            throw Fault(.badName, name)
        }
        return index
    }

    /// Changes a process, sends the events of that, and carries out what is due at once.
    mutating func change(_ name: ProcessName, _ body: (inout FakeProcess, Duration) -> Void) {
        guard let index = processes.firstIndex(where: { $0.name == name }) else {
            return
        }
        body(&processes[index], now)
        tell(index)
        settle()
    }

    /// Starts a process, as an RPC call does.
    mutating func start(_ name: String) throws(Fault) {
        let index = try index(of: name)
        let process = processes[index]
        switch process.nextStart {
        case .isMissing: throw Fault(.noFile, "can't find command '/usr/bin/\(process.program.name)'")
        case .isNotExecutable:
            throw Fault(.notExecutable, "command at '/usr/bin/\(process.program.name)' is not executable")
        default: break
        }
        switch process.state {
        case .running, .starting, .backoff: throw Fault(.alreadyStarted, name)
        case .unknown: throw Fault(.failed, "\(name) is in an unknown process state")
        // supervisord neither starts it nor answers with a fault.
        case .stopping: return
        default: spawn(index)
        }
        if processes[index].state == .backoff {
            defer { settle() }
            throw Fault(.spawnError, name)
        }
        settle()
    }

    /// Stops a process, as an RPC call does.
    mutating func stop(_ name: String) throws(Fault) {
        let index = try index(of: name)
        guard [.running, .starting, .backoff].contains(processes[index].state) else {
            throw Fault(.notRunning, name)
        }
        processes[index].stop(at: now)
        tell(index)
        settle()
    }

    /// Starts the programs with `autostart`.
    mutating func autostart() {
        for index in processes.indices where processes[index].program.autostart {
            if processes[index].state == .stopped, processes[index].startTime == nil {
                spawn(index)
            }
        }
        settle()
    }

    /// Shuts supervisord down: all programs are stopped, the last started first.
    mutating func shutDown() {
        guard phase == .running else {
            return
        }
        phase = .shuttingDown
        emit(EventKind.supervisorStateChangeStopping.rawValue, "")
        for index in processes.indices.reversed() where !isListener(processes[index].name) {
            processes[index].shutDown(at: now)
            tell(index)
        }
    }

    func isListener(_ name: ProcessName) -> Bool {
        listeners.values.contains { $0.process == name }
    }

    private mutating func spawn(_ index: Int) {
        processes[index].spawn(at: now, pid: takePid())
        tell(index)
    }

    private mutating func tell(_ index: Int) {
        let emissions = processes[index].emissions
        processes[index].emissions = []
        for emission in emissions {
            emit(emission.kind.rawValue, emission.payload)
        }
    }

    // MARK: Time

    /// Carries out all that is due now.
    mutating func settle() {
        var mayFollow = true
        // A program that exits at once and is always restarted would go on for ever.
        for _ in 0..<100 where mayFollow {
            mayFollow = false
            for index in processes.indices {
                let pid = takePid()
                while processes[index].transition(at: now, mayStart: phase == .running, pid: pid) {
                    mayFollow = true
                    tell(index)
                    if processes[index].state == .starting { break }
                }
            }
        }
    }

    /// Lets time pass; what becomes due happens in the order of time.
    mutating func advance(by duration: Duration) {
        let end = now + duration
        settle()
        while let next = nextTime(), next <= end {
            now = max(now, next)
            tick()
            settle()
        }
        now = max(now, end)
    }

    private func nextTime() -> Duration? {
        let nextTick = Duration.seconds((seconds / 5 + 1) * 5)
        let times = processes.compactMap { $0.nextTime(mayStart: phase == .running) } + [nextTick]
        return times.filter { $0 > now }.min()
    }

    private mutating func tick() {
        let periods: [(EventKind, Int)] = [(.tick5, 5), (.tick60, 60), (.tick3600, 3600)]
        guard now == .seconds(seconds) else {
            return
        }
        for (kind, period) in periods where seconds.isMultiple(of: period) {
            emit(kind.rawValue, "when:\(seconds)")
        }
    }
}
