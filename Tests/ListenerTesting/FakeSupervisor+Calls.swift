import ListenerKit

extension FakeSupervisor {
    /// The calls that came, in order.
    public var allCalls: [RPCCall] {
        core.model.withLock { $0.calls }
    }

    /// The calls of one method, in order.
    ///
    /// - Parameter method: The method, without `supervisor.` before it.
    /// - Returns: The calls.
    public func calls(of method: String) -> [RPCCall] {
        allCalls.filter { $0.method == method }
    }

    /// Waits until a method has been called so many times.
    ///
    /// - Parameters:
    ///   - method: The method, without `supervisor.` before it.
    ///   - times: How many times at least.
    /// - Throws: ``TimeoutError``.
    public func waitForCall(_ method: String, times: Int = 1) async throws(TimeoutError) {
        try await wait("\(method) was called \(times) times", describe: { $0.summary }) { model in
            model.calls.count { $0.method == method } >= times
        }
    }

    /// Waits until something has been called.
    ///
    /// - Parameter call: The method and its parameters.
    /// - Throws: ``TimeoutError``.
    public func waitForCall(_ call: RPCCall) async throws(TimeoutError) {
        try await wait("\(call) was called", describe: { $0.summary }) { $0.calls.contains(call) }
    }

    /// Disturbs the answers to calls from now on.
    ///
    /// - Parameters:
    ///   - disturbance: What happens instead.
    ///   - method: For which method, without `supervisor.` before it; by default for all.
    ///   - times: To how many calls it happens; by default to all until ``endDisturbances()``.
    public func disturb(_ disturbance: RPCDisturbance, _ method: String? = nil, times: Int? = nil) {
        let planned = PlannedDisturbance(id: nextID(), disturbance: disturbance, method: method, timesLeft: times)
        core.change { $0.disturbances.append(planned) }
    }

    /// Answers as it should from now on, also to calls that hang.
    public func endDisturbances() {
        core.change { $0.disturbances.removeAll() }
    }

    /// Refuses connections from now on; the socket's file stays.
    public func stopAnswering() {
        core.closeServer()
    }

    /// Accepts connections again.
    ///
    /// - Throws: ``ListenerKit/SystemError``.
    public func startAnswering() throws {
        try core.openServer()
    }
}
