/// What a handler asks of the listener that runs it.
package protocol HandlerRuntime: Sendable {
    func setAlarm(at deadline: ContinuousClock.Instant?)
    func requestSnapshot(after delay: Duration)
    func nudgeWhileStopping()
    func end()
    /// Asks supervisord about a process, once for all handlers if it is the one that ended last.
    ///
    /// - Returns: What supervisord knows about it; nil if every handler asks by itself.
    func sharedProcessInfo(
        of process: ProcessName,
        within timeout: Duration
    ) async throws(SupervisorError) -> ProcessInformation?
    /// Waits until supervisord has been asked about the process that ended last.
    func askAboutLatestEnd(within timeout: Duration) async
}
