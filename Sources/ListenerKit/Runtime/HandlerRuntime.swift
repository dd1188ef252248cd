/// What a handler asks of the listener that runs it.
package protocol HandlerRuntime: Sendable {
    func setAlarm(at deadline: ContinuousClock.Instant?)
    func requestSnapshot(after delay: Duration)
    func nudgeWhileStopping()
    func end()
    /// What is asked about processes that have ended; nil if every handler asks by itself.
    var processEnds: ProcessEnds? { get }
}
