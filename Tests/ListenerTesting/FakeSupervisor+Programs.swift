public import ListenerKit

extension FakeSupervisor {
    /// Starts the programs that start with supervisord, and says that it runs.
    public func autostart() {
        core.change { model in
            model.emit(EventKind.supervisorStateChangeRunning.rawValue, "")
            model.autostart()
        }
    }

    /// Starts a program, as somebody's `supervisorctl start` does.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: What supervisord answers where it does not start it.
    public func start(_ name: String) throws(Fault) {
        try core.change { model throws(Fault) in try model.start(name) }
    }

    /// Stops a program, as somebody's `supervisorctl stop` does.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: What supervisord answers where it does not stop it.
    public func stop(_ name: String) throws(Fault) {
        try core.change { model throws(Fault) in try model.stop(name) }
    }

    /// Lets a program end by itself.
    ///
    /// - Parameters:
    ///   - name: Its name: `web`, or `group:web`.
    ///   - status: Its exit status; -1 stands for a signal, as in supervisord.
    /// - Throws: `BAD_NAME` or `NOT_RUNNING`, where there is no such process.
    public func exit(_ name: String, status: Int = 0) throws(Fault) {
        try core.change { model throws(Fault) in
            let process = model.processes[try model.index(of: name)]
            guard process.isAlive else {
                throw Fault(.notRunning, name)
            }
            model.change(process.name) { $0.finish(status: status, at: $1) }
        }
    }

    /// Lets a program fail for good: from now on it ends as soon as it is started, and is FATAL after this.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Throws: `BAD_NAME`, where there is no such program.
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

    /// Adds a program, as `supervisorctl update` does with a new section.
    ///
    /// - Parameter program: The program; its group is new.
    /// - Throws: `ALREADY_ADDED`, where its group is there.
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

    /// Lets time pass, and what is due by then happen, in order.
    ///
    /// - Parameter duration: How much time.
    public func advance(by duration: Duration) {
        core.change { $0.advance(by: duration) }
    }

    /// Tells supervisord to end: programs are stopped, and listeners when all programs have ended.
    public func shutDown() {
        core.change { $0.shutDown() }
    }

    /// Whether supervisord has ended, since it was told to and all programs and then all listeners have ended.
    public var hasEnded: Bool {
        core.model.withLock { model in model.mood == .ended && model.listeners.values.allSatisfy { $0.isGone } }
    }

    /// The state of a process.
    ///
    /// - Parameter name: Its name: `web`, or `group:web`.
    /// - Returns: Its state; `nil` where there is no such process.
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
