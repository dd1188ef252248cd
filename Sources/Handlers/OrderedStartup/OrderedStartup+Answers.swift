import ListenerKit

/// What supervisord has answered to the starts that it was asked for.
extension OrderedStartup {
    /// Goes on from what became of starts.
    func takeAnswers(at now: ContinuousClock.Instant) async {
        var commands: [StartupCommand] = []
        for (process, outcome) in queue.takeAnswers() {
            commands += take(outcome, of: process, at: now)
        }
        await carryOut(commands)
    }

    private func take(
        _ outcome: StartQueue.Outcome,
        of process: ProcessName,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        if case .unknown(let error) = outcome {
            progress.startInDoubt(process)
            lastDoubt = .now
            context.reporter.reportOnce(.warning, "\(process) may not have been started: \(error)", key: Self.cause)
            context.requestSnapshot(after: Self.delayAfterFailure)
            return []
        }
        context.reporter.clear(key: Self.cause)
        guard case .refused(let fault) = outcome else {
            return progress.started(process, isUp: true, at: now)
        }
        switch fault.known {
        case .alreadyStarted:
            // It was started by another client.
            return progress.started(process, isUp: false, at: now)
        case .spawnError:
            return progress.startFailed(process, at: now)
        case .shutdownState:
            return []
        default:
            return takeRefusal(fault, of: process, at: now)
        }
    }

    private func takeRefusal(
        _ fault: Fault,
        of process: ProcessName,
        at now: ContinuousClock.Instant
    ) -> [StartupCommand] {
        let commands = progress.startRefused(process, fault.message, at: now)
        guard !commands.isEmpty, fault.known == .noFile || fault.known == .notExecutable,
            mustStart?.watched(process) != nil
        else {
            return commands
        }
        let starts = commands.filter {
            if case .start = $0 { true } else { false }
        }
        let failure = StartupFailure.refused(fault.message)
        return [.endSupervisor(failure.description(of: process.description), process)] + starts
    }
}
