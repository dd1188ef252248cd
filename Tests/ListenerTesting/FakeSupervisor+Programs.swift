public import ListenerKit

extension FakeSupervisor {
    /// Starts the programs with `autostart`, and sends `SUPERVISOR_STATE_CHANGE_RUNNING`.
    public func autostart() {
        core.change { model in
            model.emit(EventKind.supervisorStateChangeRunning.rawValue, "")
            model.autostart()
        }
    }

    /// Starts a program, as `supervisorctl start` does.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: The fault with which supervisord refuses to start it.
    public func start(_ name: String) throws(Fault) {
        try core.change { model throws(Fault) in try model.start(name) }
    }

    /// Stops a program, as `supervisorctl stop` does.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: The fault with which supervisord refuses to stop it.
    public func stop(_ name: String) throws(Fault) {
        try core.change { model throws(Fault) in try model.stop(name) }
    }

    /// Lets a program exit by itself.
    ///
    /// - Parameters:
    ///   - name: Its name: `web`, or `group:web`.
    ///   - status: Its exit status; -1 means that a signal ended it, as in supervisord.
    /// - Throws: `BAD_NAME` or `NOT_RUNNING` if there is no such process.
    public func exit(_ name: String, status: Int = 0) throws(Fault) {
        try core.change { model throws(Fault) in
            let process = model.processes[try model.index(of: name)]
            guard process.isAlive else {
                throw Fault(.notRunning, name)
            }
            model.change(process.name) { $0.finish(status: status, at: $1) }
        }
    }

    /// Makes a program FATAL: from now on it exits as soon as it is started.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: `BAD_NAME` if there is no such program.
    public func breakDown(_ name: String) throws(Fault) {
        try core.change { model throws(Fault) in
            let process = model.processes[try model.index(of: name)].name
            model.change(process) { process, time in
                process.program.whenStarted = [.exits(status: 1)]
                process.program.startRetries = 0
                if process.isAlive {
                    process.finish(status: 1, at: time)
                }
            }
            if [.stopped, .exited].contains(model.processes[try model.index(of: name)].state) {
                try model.start(name)
            }
        }
    }

    /// Adds a program, as `supervisorctl update` does for a new section.
    ///
    /// - Parameter program: The program; its group is new.
    /// - Throws: `ALREADY_ADDED` if its group exists.
    public func add(_ program: FakeProgram) throws(Fault) {
        try core.change { model throws(Fault) in
            model.removedPrograms.append(program)
            _ = try model.addGroup(program.group)
        }
    }

    /// Removes a group whose processes have ended.
    ///
    /// - Parameter group: The name of the group.
    /// - Throws: `BAD_NAME` or `STILL_RUNNING`.
    public func remove(_ group: String) throws(Fault) {
        try core.change { model throws(Fault) in _ = try model.removeGroup(group) }
    }

    /// Lets time pass; what becomes due happens in the order of time.
    ///
    /// That goes for programs and for the alarms of handlers alike: an alarm goes off after the events of an earlier time have been
    /// acknowledged, and before an event of a later time is given. ``SupervisedListener/waitForAcknowledgements()`` waits for all of it.
    ///
    /// - Parameter duration: The time that passes.
    public func advance(by duration: Duration) {
        core.change { $0.advance(by: duration) }
    }

    /// Shuts supervisord down: programs are stopped, and listeners once all programs have exited.
    public func shutDown() {
        core.change { $0.shutDown() }
    }

    /// Whether supervisord has exited: it was shut down, and all programs and then all listeners have exited.
    public var hasEnded: Bool {
        core.model.withLock { model in model.phase == .ended && model.listeners.values.allSatisfy { $0.isGone } }
    }

    /// Returns the state of a process.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Returns: Its state; nil if there is no such process.
    public func state(of name: String) -> ProcessState? {
        core.model.withLock { model in
            guard let index = try? model.index(of: name) else {
                return nil
            }
            return model.processes[index].state
        }
    }

    /// Waits until a process is in a state.
    ///
    /// - Parameters:
    ///   - state: The state.
    ///   - name: Its name: `web`, or `group:web`.
    /// - Throws: ``TimeoutError``.
    public func waitForState(_ state: ProcessState, of name: String) async throws(TimeoutError) {
        try await wait("\(name) is \(state)", describe: { $0.summary }) { model in
            guard let index = try? model.index(of: name) else {
                return false
            }
            return model.processes[index].state == state
        }
    }
}
