/// Finds out whether programs are ready: makes attempts, receives notifications, and hears questions about both.
///
/// It decides nothing: what is tried when, and what follows, is decided by whoever uses it. Nothing in it blocks a caller. The
/// test kit has one of its own, whose answers the test gives.
package protocol ReadinessSource: Sendable {
    /// Begins an attempt; its outcome comes as ``ReadinessNews/finished(attempt:_:)``, unless it is canceled.
    func begin(_ attempt: ProbeAttempt)
    /// Cancels an attempt, and ends what it has started.
    func cancel(_ attempt: Int)
    /// Receives notifications at an address that programs name in `$NOTIFY_SOCKET`: an absolute path, or an abstract name that
    /// begins with `@`; nothing happens if it does so already.
    ///
    /// If it cannot, that comes as a warning.
    func receiveNotifications(at address: String)
    /// Receives the notifications that `supervise` receives, if this listener runs under it: those of now on, and the
    /// last ones of each process before that.
    ///
    /// - Returns: Whether there is a `supervise` that receives them.
    func receiveSharedNotifications() -> Bool
    /// Lets other processes of this machine ask how the gates stand; ``ReadinessNews/asked(question:)`` tells of each.
    func acceptQuestions()
    /// Answers a question.
    func answer(_ question: Int, _ text: [UInt8])
    /// Removes the news that have come since the last call, in their order.
    func removeNews() -> [ReadinessNews]
}

/// Makes a source of readiness.
///
/// - Parameter whenNews: Called on any thread, when it has news and had none before.
/// - Throws: ``SystemError`` if the system has no more descriptors.
package typealias ReadinessSourceFactory =
    @Sendable (_ whenNews: @escaping @Sendable () -> Void) throws(SystemError) -> any ReadinessSource
