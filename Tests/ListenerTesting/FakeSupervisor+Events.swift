public import ListenerKit

extension FakeSupervisor {
    /// Sends an event to the listeners that subscribe to it, whether or not it has happened in the model.
    ///
    /// - Parameters:
    ///   - kind: The event.
    ///   - payload: Its payload, as supervisord writes it.
    public func emit(_ kind: EventKind, _ payload: String = "") {
        emit(named: kind.rawValue, payload)
    }

    /// Sends an event of any name; one that supervisord does not have goes to listeners that subscribe to `EVENT`.
    ///
    /// - Parameters:
    ///   - name: The name of the event.
    ///   - payload: Its payload.
    public func emit(named name: String, _ payload: String = "") {
        core.change { $0.emit(name, payload) }
    }

    /// Lets a program write output that supervisord sends as `PROCESS_LOG`.
    ///
    /// - Parameters:
    ///   - data: The output.
    ///   - name: The name of the process.
    ///   - channel: The stream that it writes to.
    /// - Throws: `BAD_NAME` if there is no such process.
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

    /// Sends a message to listeners, as a client's `sendRemoteCommEvent` does.
    ///
    /// - Parameters:
    ///   - type: The type of the message.
    ///   - data: The message.
    public func communicate(type: String, _ data: String) {
        emit(.remoteCommunication, "type:\(type)\n\(data)")
    }

    /// Adds a pool, which buffers events from now on, whether or not a listener runs in it.
    ///
    /// Call it only for a pool that is to exist before its listener, or to have a small buffer: a listener adds its own.
    ///
    /// - Parameters:
    ///   - name: The name of the section, without `eventlistener:`.
    ///   - events: The events that it subscribes to.
    ///   - bufferSize: `buffer_size`: how many events it holds; supervisord's own default is 10.
    public func addPool(_ name: String = "listener", events: [EventKind] = [.event], bufferSize: Int = 1000) {
        core.change { model in
            model.pools.removeAll { $0.name == name }
            model.pools.append(EventPool(name, events, bufferSize: bufferSize))
        }
    }

    /// Resets a pool's `poolserial` and empties its buffer, as a reload does.
    ///
    /// - Parameter name: The name of the pool.
    public func resetPool(_ name: String = "listener") {
        core.change { model in
            for index in model.pools.indices where model.pools[index].name == name {
                model.pools[index].reset()
            }
        }
    }

    /// Returns the serials of the events that a pool has dropped because its buffer was full.
    ///
    /// - Parameter pool: The name of the pool.
    /// - Returns: The serials, in order.
    public func discarded(by pool: String = "listener") -> [Int] {
        core.model.withLock { model in model.pools.first { $0.name == pool }?.discarded ?? [] }
    }
}
