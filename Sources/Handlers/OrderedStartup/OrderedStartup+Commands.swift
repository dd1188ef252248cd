import ListenerKit

/// Carries out the commands of the reducer.
extension OrderedStartup {
    /// Carries out commands in their order; supervisord is asked to start processes when all else is done.
    func carryOut(_ commands: [StartupCommand]) async {
        var starts: [ProcessName] = []
        for command in commands {
            switch command {
            case .start(let process): starts.append(process)
            // The answer does not matter, and if there is none, that is reported when it matters.
            case .nudge: _ = try? await supervisor.state()
            case .requestSnapshot(let delay): context.requestSnapshot(after: delay)
            case .setAlarm(let time): context.setAlarm(at: time)
            case .report(let level, let message): await report(level, message)
            case .reportFailure(let level, let process, let failure, let consequence):
                await report(level, failure, of: process, consequence)
            case .reportSummary(let summary): await report(summary)
            case .shutDown(let reason, let process): _ = await shutdown.shutDown(because: reason, process)
            case .reportReady(let process, let duration, let isAwaited):
                reportReady(process, duration, isAwaited: isAwaited)
            case .beginAttempt(let attempt): readiness?.begin(attempt)
            case .cancelAttempt(let attempt): readiness?.cancel(attempt)
            case .answer(let question, let report): readiness?.answer(question, report.text)
            case .endListener: context.end()
            }
        }
        queue.append(starts)
    }

    private func reportReady(_ process: ProcessName, _ duration: Duration, isAwaited: Bool) {
        let message = "\(process) is ready after \(duration.inSeconds) s"
        if isAwaited {
            context.reporter.report(.info, message)
        }
        if context.journal.isFollowed {
            let seconds = duration / .seconds(1)
            context.journal.record(JournalEntry(.ready, process: process, seconds: seconds, message: message))
        }
    }

    private func report(_ level: Reporter.Level, _ message: String) async {
        guard !context.isEverythingStopping else {
            return
        }
        do throws(SupervisorError) {
            _ = try await supervisor.state()
        } catch {
            if error.isShutdown {
                return
            }
        }
        context.reporter.reportOnce(level, message)
    }

    private func report(
        _ level: Reporter.Level,
        _ failure: StartupFailure,
        of process: ProcessName,
        _ consequence: String
    ) async {
        guard !context.isEverythingStopping else {
            return
        }
        let name = process.description
        guard failure == .fatal else {
            return await report(level, failure.description(of: name) + consequence)
        }
        var spawnError: String?
        do throws(SupervisorError) {
            spawnError = try await supervisor.processInfo(of: name).spawnError
        } catch {
            if error.isShutdown {
                return
            }
        }
        context.reporter.reportOnce(level, failure.description(of: name, spawnError ?? "") + consequence)
    }

    private func report(_ summary: StartupSummary) async {
        guard !context.isEverythingStopping else {
            return
        }
        if context.journal.isFollowed {
            let seconds = summary.duration / .seconds(1)
            context.journal.record(JournalEntry(.startup, seconds: seconds, message: summary.message()))
        }
        var reasons: [ProcessName: String] = [:]
        for failure in summary.failures.prefix(StartupSummary.mostFailures) {
            do throws(SupervisorError) {
                reasons[failure.process] = try await supervisor.processInfo(of: failure.process.description).spawnError
            } catch {
                if error.isShutdown {
                    return
                }
            }
        }
        context.reporter.reportOnce(summary.level, summary.message(reasons))
    }
}
