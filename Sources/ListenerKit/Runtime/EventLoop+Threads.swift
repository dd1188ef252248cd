// MARK: - The leader

extension EventLoop {
    /// How many jobs are run at most before input and timers are looked at again: tasks that yield in turn never come to rest.
    private static let jobLimit = 32

    private enum Step {
        case run(UnownedJob)
        case hire(Worker)
        case leave
    }

    /// Runs tasks, the worker's among them, as long as this thread leads.
    func lead(_ work: @escaping Work) {
        while true {
            switch nextStep() {
            case .run(let job):
                job.runSynchronously(on: asUnownedTaskExecutor())
            case .hire(let worker):
                Task(executorPreference: self) { await work(worker) }
            case .leave:
                return
            }
        }
    }

    private func nextStep() -> Step {
        let thread = currentThread()
        let (step, mustWakeDeputy): (Step, Bool) = state.withLock { state in
            guard state.leader == thread, !state.isFinished else {
                return (.leave, false)
            }
            let mustLook = state.activeWorker == nil && state.jobsInARow >= Self.jobLimit
            guard !mustLook, let job = state.jobs.popFirst() else {
                // Every worker, if there is one, is suspended in a handler.
                state.isBusy = false
                state.jobsInARow = 0
                return (.hire(state.hireWorker()), false)
            }
            state.jobsInARow += 1
            return (.run(job), state.beginSomething())
        }
        if mustWakeDeputy {
            deputyAlarm.signal()
        }
        return step
    }
}

// MARK: - The deputy

extension EventLoop {
    /// If something takes longer than this, its thread goes on with it alone, and another one leads.
    private static let blockingTime = Duration.milliseconds(20)

    private enum Duty {
        case sleep, watch, lead, leave
    }

    /// Starts a thread that takes the lead if the leader is blocked.
    func startDeputy(_ work: @escaping Work) throws(SystemError) {
        try startThread { [self] in
            deputize(work)
        }
    }

    /// Sleeps while nothing runs, watches while something does, and leads if the leader is blocked.
    private func deputize(_ work: @escaping Work) {
        while true {
            deputyAlarm.wait()
            var duty = Duty.watch
            while duty == .watch {
                pause(for: Self.blockingTime)
                duty = takeLeadIfBlocked()
            }
            switch duty {
            case .sleep, .watch: break
            case .leave: return
            case .lead:
                // Without a thread to spare the loop goes on all the same, and waits for whatever blocks it next.
                try? startDeputy(work)
                return lead(work)
            }
        }
    }

    private func takeLeadIfBlocked() -> Duty {
        let thread = currentThread()
        return state.withLock { state in
            if state.isFinished {
                return .leave
            }
            guard state.beginnings == state.beginningsSeen else {
                state.beginningsSeen = state.beginnings
                return .watch
            }
            state.isDeputyAwake = false
            guard state.isBusy else {
                return .sleep
            }
            // All that time it has been running the same thing.
            state.leader = thread
            state.isBusy = false
            state.activeWorker = nil
            return .lead
        }
    }
}
