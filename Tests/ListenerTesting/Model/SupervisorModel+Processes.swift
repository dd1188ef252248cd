import ListenerKit

extension SupervisorModel {
    /// Adds programs to what runs, without a word to anybody.
    mutating func insert(_ programs: [FakeProgram]) {
        processes += programs.map { FakeProcess($0) }
        // Sorting is stable: members of a group stay in their order.
        processes.sort { ($0.program.priority, $0.program.group) < ($1.program.priority, $1.program.group) }
    }

    /// Finds a process by the name that supervisord takes: `group:process`, or the name of both.
    func index(of name: String) throws(Fault) -> Int {
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        let wanted = ProcessName(group: parts[0], process: parts.last ?? "")
        guard let index = processes.firstIndex(where: { $0.name == wanted }) else {
            throw Fault(.badName, name)
        }
        return index
    }

    /// Changes a process, tells what came of it, and does what follows at once.
    mutating func change(_ name: ProcessName, _ body: (inout FakeProcess, Duration) -> Void) {
        guard let index = processes.firstIndex(where: { $0.name == name }) else {
            return
        }
        body(&processes[index], now)
        tell(index)
        settle()
    }

    /// Starts a process, as an order by RPC does.
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
        // Nothing is started, and nobody is told.
        case .stopping: return
        default: spawn(index)
        }
        if processes[index].state == .backoff {
            defer { settle() }
            throw Fault(.spawnError, name)
        }
        settle()
    }

    /// Stops a process, as an order by RPC does.
    mutating func stop(_ name: String) throws(Fault) {
        let index = try index(of: name)
        guard [.running, .starting, .backoff].contains(processes[index].state) else {
            throw Fault(.notRunning, name)
        }
        processes[index].stop(at: now)
        tell(index)
        settle()
    }

    /// Starts what starts with supervisord.
    mutating func autostart() {
        for index in processes.indices where processes[index].program.autostart {
            if processes[index].state == .stopped, processes[index].startTime == nil {
                spawn(index)
            }
        }
        settle()
    }

    /// Tells supervisord to end: everything is stopped, the last started first.
    mutating func shutDown() {
        guard mood == .running else {
            return
        }
        mood = .shuttingDown
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

    /// Does all that is due now.
    mutating func settle() {
        var mayFollow = true
        // A program that ends at once and is always started again never comes to rest.
        for _ in 0..<100 where mayFollow {
            mayFollow = false
            for index in processes.indices {
                let pid = takePid()
                while processes[index].transition(at: now, mayStart: mood == .running, pid: pid) {
                    mayFollow = true
                    tell(index)
                    if processes[index].state == .starting { break }
                }
            }
        }
    }

    /// Lets time pass, and what is due by then happen, in order.
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
        let times = processes.compactMap { $0.nextTime(mayStart: mood == .running) } + [nextTick]
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
