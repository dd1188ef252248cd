/// The part of the loop that its workers call.
///
/// A worker looks around again and again until it is told that it is not needed any more, and calls handlers in between:
///
/// ```swift
/// while loop.look(as: worker) {
///     …
///     loop.beginCall()
///     await handler.handle(event)
///     guard loop.endCall(by: worker) else { return }
///     …
///     await loop.runJobs()
/// }
/// ```
extension EventLoop {
    /// How many timers go off at most before input is looked at again, and handlers are called.
    private static let timerLimit = 32

    /// Calls the actions of descriptors that are readable and of timers that are due, and sleeps until there are some.
    ///
    /// It does not sleep if it was asked to look again by ``wake()``, or tasks wait to be run.
    ///
    /// - Returns: Whether the worker is still needed.
    func look(as worker: Worker) -> Bool {
        let thread = currentThread()
        let plan: (descriptors: [Int32], deadline: MonotonicTime?)? = state.withLock { state in
            guard state.leader == thread, !state.isFinished, state.activeWorker == nil || state.activeWorker == worker
            else {
                return nil
            }
            state.activeWorker = worker
            state.isBusy = false
            state.jobsInARow = 0
            // Whoever adds something from here on signals, because the worker counts as polling already.
            state.isPolling = state.jobs.isEmpty && !state.mustLookAgain
            return (state.descriptors, state.isPolling ? state.timers.nextDeadline : MonotonicTime(nanoseconds: 0))
        }
        guard let plan else {
            return false
        }
        // More than so many are seen to at the next look.
        var ready = InlineArray<8, Int32>(repeating: -1)
        var count = 0
        forEachReady(among: plan.descriptors, until: plan.deadline) { descriptor in
            if count < ready.count {
                ready[count] = descriptor
                count += 1
            }
        }
        state.withLock { state in
            state.isPolling = false
            state.mustLookAgain = false
        }
        for index in 0..<count {
            callAction(of: ready[index])
        }
        if plan.deadline != nil {
            callDueTimers()
        }
        return true
    }

    private func callAction(of descriptor: Int32) {
        guard descriptor != wakeUp.fileDescriptor else {
            return wakeUp.clear()
        }
        let source = state.withLock { state in state.sources.first { $0.descriptor == descriptor } }
        source?.action()
    }

    private func callDueTimers() {
        let now = MonotonicTime.now
        // More than so many are called after the next look: those that are set again for a time that has passed never come to an end.
        for _ in 0..<Self.timerLimit {
            guard let action = state.withLock({ $0.timers.popDue(at: now) }) else {
                return
            }
            action()
        }
    }

    /// Records that the worker is about to call a handler, which may suspend it or block its thread.
    func beginCall() {
        let mustWakeDeputy = state.withLock { state in
            state.activeWorker = nil
            return state.beginSomething()
        }
        if mustWakeDeputy {
            deputyAlarm.signal()
        }
    }

    /// Records that the worker has come back from a handler.
    ///
    /// - Returns: Whether it is still needed: another one may have taken its place, or its thread may not lead any more.
    func endCall(by worker: Worker) -> Bool {
        let thread = currentThread()
        return state.withLock { state in
            guard state.leader == thread, state.activeWorker == nil, !state.isFinished else {
                return false
            }
            state.activeWorker = worker
            state.isBusy = false
            return true
        }
    }

    /// Lets tasks run that wait to be run.
    ///
    /// There are none after most events, so that an asynchronous frame would cost more than the rest.
    @inline(__always)
    func runJobs() async {
        if state.withLock({ !$0.jobs.isEmpty && !$0.isFinished }) {
            await Task.yield()
        }
    }
}
