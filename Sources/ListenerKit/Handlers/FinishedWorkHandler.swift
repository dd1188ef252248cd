/// A handler that hands work to a thread of its own.
package protocol FinishedWorkHandler: Handler {
    /// Handles what that thread has finished; called as ``Handler`` describes, after ``Context/deliverFinishedWork()``.
    ///
    /// - Throws: Anything; it is reported, and the next event follows.
    func handleFinishedWork() async throws
}
