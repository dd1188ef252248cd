import ListenerKit

/// Processes: with each start, all gates are shut again.
extension GateReducer {
    /// Follows one change of state.
    mutating func apply(
        _ transition: ProcessStateEvent.Transition,
        of name: ProcessName,
        at now: ContinuousClock.Instant
    ) {
        guard let index = indices[name] else {
            return
        }
        processes[index].lastEvent = now
        hasNews = true
        switch transition {
        case .starting:
            open(index, at: now)
        case .running(let pid):
            let isOther = processes[index].pid.map { $0 != pid } ?? false
            // Otherwise the event of its start was lost.
            if processes[index].phase == .down || isOther {
                processes[index].confirmStart()
                open(index, at: now)
            }
            identify(index, pid, at: now)
            processes[index].run(since: now)
        case .stopping, .stopped, .exited, .backoff, .fatal, .unknown:
            shut(index)
        }
    }

    /// Follows that supervisord has answered that it starts a process; the events of that may be long in coming.
    mutating func wasStarted(_ name: ProcessName, at now: ContinuousClock.Instant) {
        guard let index = indices[name], processes[index].phase == .down else {
            return
        }
        open(index, at: now, isAsked: true)
        // A snapshot for which supervisord was asked before shows the process as it was then.
        processes[index].lastEvent = now
        hasNews = true
        if processes[index].startSeconds <= 0 {
            processes[index].run(since: now)
        }
    }

    /// Follows a snapshot.
    mutating func apply(_ snapshot: Snapshot, at now: ContinuousClock.Instant) {
        let listenerStart = snapshot.processes.first { $0.isThisListener }?.startTime
        var missing = Set(processes.indices)
        for information in snapshot.processes {
            if let index = indices[information.name] {
                missing.remove(index)
                apply(information, index, listenerStart, snapshot, at: now)
            }
        }
        for index in missing where !isOutdated(snapshot, index) {
            shut(index)
        }
        assign(by: snapshot, at: now)
        hasNews = true
    }

    private mutating func apply(
        _ information: ProcessInformation,
        _ index: Int,
        _ listenerStart: Timestamp?,
        _ snapshot: Snapshot,
        at now: ContinuousClock.Instant
    ) {
        guard !isOutdated(snapshot, index) else {
            return
        }
        guard information.state == .starting || information.state == .running else {
            return shut(index)
        }
        let start = now - .seconds(information.secondsUp ?? 0)
        let isOther = processes[index].pid.map { known in information.pid.map { $0 != known } ?? false } ?? false
        if processes[index].phase == .down || isOther {
            // The events of this start may be still to come.
            open(index, at: start, isAsked: true)
            if isBefore(listenerStart, information, snapshot) {
                processes[index].openMissedGates(includesNotifications: !knowsEarlierNotifications)
                output.unwatch(processes[index].name)
            }
        }
        if let pid = information.pid {
            identify(index, pid, at: now)
        }
        if information.state == .running {
            processes[index].run(since: start)
        }
    }

    /// Whether a process was up before this listener, so that what it has said is gone.
    private func isBefore(
        _ listenerStart: Timestamp?,
        _ information: ProcessInformation,
        _ snapshot: Snapshot
    ) -> Bool {
        guard let listenerStart, let start = information.startTime else {
            return snapshot.reason == .start
        }
        return start < listenerStart
    }

    /// Whether more is known of a process than a snapshot tells.
    private func isOutdated(_ snapshot: Snapshot, _ index: Int) -> Bool {
        processes[index].lastEvent.map { $0 >= snapshot.time } ?? false
    }

    private mutating func open(_ index: Int, at time: ContinuousClock.Instant, isAsked: Bool = false) {
        let old = processes[index]
        guard processes[index].open(at: time, isAsked: isAsked) else {
            return
        }
        forget(old, index)
        output.watch(old.name, old.gates)
    }

    private mutating func shut(_ index: Int) {
        guard processes[index].phase != .down else {
            return
        }
        let old = processes[index]
        processes[index].shut()
        forget(old, index)
        output.unwatch(old.name)
    }

    /// Cancels what was going on for a process before it was started again, or ended.
    private mutating func forget(_ old: GatedProcess, _ index: Int) {
        for state in old.states {
            if let attempt = state.attempt {
                attempts[attempt] = nil
                decide(.cancel(attempt: attempt))
            }
        }
        if old.isReady || old.failure != nil {
            decide(.becameUnready(old.name))
        }
    }

    /// Records the pid of a process.
    private mutating func identify(_ index: Int, _ pid: Int, at now: ContinuousClock.Instant) {
        processes[index].identify(pid)
        for notification in removeUnassigned(from: pid) {
            apply(notification, toProcess: index, at: now)
        }
    }

    /// Changes a process, of which the caller knows more.
    mutating func change(_ index: Int, _ body: (inout GatedProcess) -> Void) {
        body(&processes[index])
        hasNews = true
    }
}
