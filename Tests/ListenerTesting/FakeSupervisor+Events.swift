public import ListenerKit

extension FakeSupervisor {
    /// Sends an event to the listeners that want it, whether or not anything has happened.
    ///
    /// - Parameters:
    ///   - kind: The kind of event.
    ///   - payload: Its payload, as supervisord writes it.
    public func emit(_ kind: EventKind, _ payload: String = "") {
        emit(named: kind.rawValue, payload)
    }

    /// Sends an event of any name; one that supervisord does not have goes to those who want every event.
    ///
    /// - Parameters:
    ///   - name: The name of the event.
    ///   - payload: Its payload.
    public func emit(named name: String, _ payload: String = "") {
        core.change { $0.emit(name, payload) }
    }

    /// Lets a program write something that listeners are told.
    ///
    /// - Parameters:
    ///   - data: What it writes.
    ///   - name: The name of the process.
    ///   - channel: Where it writes to.
    /// - Throws: `BAD_NAME`, where there is no such process.
    public func log(_ data: String, by name: String, to channel: OutputChannel = .stdout) throws(Fault) {
        try core.change { model throws(Fault) in
            let process = model.processes[try model.index(of: name)]
            let kind = channel == .stdout ? EventKind.processLogStdout : .processLogStderr
            let names = "processname:\(process.program.name) groupname:\(process.program.group) pid:\(process.pid)"
            model.emit(kind.rawValue, "\(names) channel:\(channel == .stdout ? "stdout" : "stderr")\n\(data)")
        }
    }

    /// Lets a program write text between supervisord's begin and end tags.
    ///
    /// - Parameters:
    ///   - data: The text.
    ///   - name: The name of the process.
    ///   - channel: The stream that it writes to.
    /// - Throws: `BAD_NAME` if there is no such process.
    public func sendTagged(_ data: String, by name: String, to channel: OutputChannel = .stdout) throws(Fault) {
        try core.change { model throws(Fault) in
            let process = model.processes[try model.index(of: name)]
            let kind = channel == .stdout ? EventKind.processCommunicationStdout : .processCommunicationStderr
            let names = "processname:\(process.program.name) groupname:\(process.program.group) pid:\(process.pid)"
            model.emit(kind.rawValue, "\(names)\n\(data)")
        }
    }

    /// Sends a message, as somebody's `sendRemoteCommEvent` does.
    ///
    /// - Parameters:
    ///   - type: The type of the message.
    ///   - data: The message.
    public func communicate(type: String, _ data: String) {
        emit(.remoteCommunication, "type:\(type)\n\(data)")
    }

    /// Makes a pool of listeners, which gathers events from now on, whether or not a listener is there.
    ///
    /// Only a pool that shall be there before its listener, or have a small buffer, needs to be made by itself.
    ///
    /// - Parameters:
    ///   - name: The name of the section, without `eventlistener:`.
    ///   - events: What it subscribes to.
    ///   - bufferSize: How many events wait at most; supervisord has 10 unless its configuration says more.
    public func addPool(_ name: String = "listener", events: [EventKind] = [.event], bufferSize: Int = 1000) {
        core.change { model in
            model.pools.removeAll { $0.name == name }
            model.pools.append(EventPool(name, events, bufferSize: bufferSize))
        }
    }

    /// Makes a pool's numbers begin anew, and empties its buffer, as a reload does.
    ///
    /// - Parameter name: The name of the pool.
    public func resetPool(_ name: String = "listener") {
        core.change { model in
            for index in model.pools.indices where model.pools[index].name == name {
                model.pools[index].reset()
            }
        }
    }

    /// The serials of the events that a pool has discarded, since its buffer was full.
    ///
    /// - Parameter pool: The name of the pool.
    /// - Returns: The serials, in order.
    public func discarded(by pool: String = "listener") -> [Int] {
        core.model.withLock { model in model.pools.first { $0.name == pool }?.discarded ?? [] }
    }
}
