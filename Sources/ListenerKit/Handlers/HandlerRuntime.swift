/// The part of a listener that a handler's ``Context`` calls; a test kit has one of its own.
package protocol HandlerRuntime: Sendable {
    /// The present time of the clock that alarms go by.
    var now: ContinuousClock.Instant { get }
    /// Sets the handler's alarm, or takes it back.
    func setAlarm(at deadline: ContinuousClock.Instant?)
    /// Has the handler told that work of its own is finished.
    func deliverFinishedWork()
    /// Requests a snapshot for all handlers.
    func requestSnapshot(after delay: Duration)
    /// Nudges supervisord until it has stopped.
    func nudgeWhileStopping()
    /// Ends the listener with status 0.
    func end()
    /// Reports a mistake in the handler's source, and ends the listener.
    func fail(_ error: UsageError)
    /// Asks supervisord about a process, once for all handlers if it is the one that ended last.
    ///
    /// - Returns: What supervisord knows about it; nil if every handler asks by itself.
    func sharedProcessInfo(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation?
    /// Waits until supervisord has been asked about the process that ended last.
    func askAboutLatestEnd(within timeout: Duration) async
    /// Returns a source of readiness.
    ///
    /// - Parameter whenNews: Called on any thread, when it has news and had none before.
    /// - Returns: The source.
    /// - Throws: ``SystemError`` if the system has no more descriptors.
    func makeReadinessSource(whenNews: @escaping @Sendable () -> Void) throws(SystemError) -> any ReadinessSource
}
