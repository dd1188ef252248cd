import ListenerKit

extension FakeSupervisor {
    /// The RPC calls that have come, in order.
    public var allCalls: [RPCCall] {
        core.model.withLock { $0.calls }
    }

    /// Returns the calls of one method, in order.
    ///
    /// - Parameter method: The method, without `supervisor.` before it.
    /// - Returns: The calls.
    public func calls(of method: String) -> [RPCCall] {
        allCalls.filter { $0.method == method }
    }

    /// Waits until a method has been called a number of times.
    ///
    /// - Parameters:
    ///   - method: The method, without `supervisor.` before it.
    ///   - times: The number of calls, at least.
    /// - Throws: ``TimeoutError``.
    public func waitForCall(_ method: String, times: Int = 1) async throws(TimeoutError) {
        try await wait("\(method) was called \(times) times", describe: { $0.summary }) { model in
            model.calls.count { $0.method == method } >= times
        }
    }

    /// Waits until a call has come.
    ///
    /// - Parameter call: The method and its parameters.
    /// - Throws: ``TimeoutError``.
    public func waitForCall(_ call: RPCCall) async throws(TimeoutError) {
        try await wait("\(call) was called", describe: { $0.summary }) { $0.calls.contains(call) }
    }

    /// Makes calls fail from now on.
    ///
    /// - Parameters:
    ///   - disturbance: The way in which they fail.
    ///   - method: The method, without `supervisor.` before it; nil for all.
    ///   - times: The number of calls that fail; nil for all until ``endDisturbances()``.
    public func disturb(_ disturbance: RPCDisturbance, _ method: String? = nil, times: Int? = nil) {
        let planned = PlannedDisturbance(id: nextID(), disturbance: disturbance, method: method, timesLeft: times)
        core.change { $0.disturbances.append(planned) }
    }

    /// Answers all calls correctly from now on, also those that hang.
    public func endDisturbances() {
        core.change { $0.disturbances.removeAll() }
    }

    /// Refuses connections from now on; the socket's file remains.
    public func stopAnswering() {
        core.closeServer()
    }

    /// Accepts connections again.
    ///
    /// - Throws: `SystemError`.
    public func startAnswering() throws {
        try core.openServer()
    }
}
