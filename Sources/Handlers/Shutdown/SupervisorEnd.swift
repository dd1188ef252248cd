import ListenerKit

/// Ends supervisord: by RPC, or by a signal where that does not help; and sends the status, where somebody receives it.
struct SupervisordShutdown {
    /// supervisord answers at once; where it does not, a signal is tried.
    private static let timeout = Duration.seconds(2)

    private let context: Context
    private let supervisor: Supervisor?
    private let supervisord: SupervisordProcess
    /// The status that is sent for a failure, instead of the verdict's own.
    private let status: UInt8?
    private let statusPath: String?

    /// Takes note of the process that is to be ended.
    ///
    /// - Parameters:
    ///   - context: What the listener offers.
    ///   - supervisord: The process.
    ///   - statusPath: Where the status goes; nil where nobody wants to know.
    init(
        _ context: Context,
        _ supervisord: SupervisordProcess = .atStart,
        statusPath: String? = listenerEnvironment()[StatusSocket.variable]
    ) {
        self.context = context
        self.supervisord = supervisord
        supervisor = try? context.supervisor()
        status = context.value(of: FatalExit.status, from: FatalExit.name)
        self.statusPath = statusPath
    }

    /// Ends supervisord because a trigger is met, unless that has been repaired, or supervisord is ending anyway.
    ///
    /// - Parameter cause: What has happened.
    /// - Returns: Whether supervisord is ending now.
    func end(because cause: FatalExitCause) async -> Bool {
        do throws(SupervisorError) {
            let information = try await ask(about: cause.process)
            guard let verdict = cause.verdict(information) else {
                return false
            }
            return await shutDown(verdict)
        } catch {
            switch error.fault?.known {
            case .shutdownState:
                // While supervisord stops, it makes every process FATAL that waits for its next try; that is no failure.
                return true
            case .badName:
                // Nor is a process that has been removed.
                return false
            default:
                guard let verdict = cause.verdict(nil) else {
                    return false
                }
                return await signalSupervisord(verdict, record(verdict), detour: "; RPC failed: \(error)")
            }
        }
    }

    /// Ends supervisord, unless it is ending anyway.
    ///
    /// - Parameters:
    ///   - reason: Why, as a sentence without a full stop.
    ///   - process: The process that has failed, whose own status is the one to end with; nil where there is none.
    /// - Returns: Whether supervisord is ending now.
    func end(because reason: String, _ process: ProcessName?) async -> Bool {
        var verdict = ShutdownVerdict(reason: reason)
        do throws(SupervisorError) {
            if let information = try await ask(about: process), information.state == .exited {
                verdict.status =
                    ShutdownVerdict.exited(information.name, information.exitStatus, isExpected: false).status
            }
        } catch {
            // One that has failed and was removed since has failed all the same; supervisord has forgotten its status.
            guard error.fault?.known == .badName else {
                guard !error.isShutdown else {
                    return true
                }
                return await signalSupervisord(verdict, record(verdict), detour: "; RPC failed: \(error)")
            }
        }
        return await shutDown(verdict)
    }

    /// Asks for a process, or else just whether supervisord is not stopping.
    private func ask(about process: ProcessName?) async throws(SupervisorError) -> ProcessInformation? {
        guard let process else {
            try await supervisor?.call("supervisor.getState", within: Self.timeout)
            return nil
        }
        return try await context.processInfo(of: process, within: Self.timeout)
    }

    private func shutDown(_ verdict: ShutdownVerdict) async -> Bool {
        await waitForLog()
        let consequence = record(verdict)
        guard let supervisor else {
            return await signalSupervisord(verdict, consequence, detour: "")
        }
        do throws(SupervisorError) {
            try await supervisor.shutDown(supervisord, context.startLock, within: Self.timeout)
            report(verdict, "shutting down supervisord\(consequence)")
            nudgeUnlessSupervised(consequence)
            return true
        } catch {
            guard !error.isShutdown else {
                return true
            }
            return await signalSupervisord(verdict, consequence, detour: "; RPC failed: \(error)")
        }
    }

    /// Lets the log ask about the same end first: once it is shut down, supervisord answers no more.
    private func waitForLog() async {
        if context.isSelected(EventLog.name) {
            await context.askAboutLatestEnd(within: Self.timeout)
        }
    }

    private func nudgeUnlessSupervised(_ consequence: String) {
        // If supervise has heard of it, that nudges supervisord.
        if consequence.isEmpty {
            context.nudgeWhileStopping()
        }
    }

    private func signalSupervisord(_ verdict: ShutdownVerdict, _ consequence: String, detour: String) async -> Bool {
        do throws(SystemError) {
            try await terminateSupervisord()
            report(verdict, "sending SIGTERM to supervisord\(consequence)\(detour)")
            nudgeUnlessSupervised(consequence)
            return true
        } catch {
            guard consequence.isEmpty else {
                // supervise ends what does not end by itself.
                report(verdict, "leaving the shutdown to supervise\(consequence): \(error)\(detour)")
                return true
            }
            context.reporter.reportOnce(
                .error,
                "\(verdict.reason), but supervisord cannot be shut down: \(error)\(detour)"
            )
            return false
        }
    }

    /// Sends SIGTERM at a moment at which nothing is being started: what supervisord has just forked would not hear that it is to
    /// stop.
    private func terminateSupervisord() async throws(SystemError) {
        let timeout = SupervisordProcess.startTimeout
        let outcome = try? await onThread { [supervisord, startLock = context.startLock] in
            let deadline = ContinuousClock.now + timeout
            return startLock.hold(timeout: timeout) {
                supervisord.waitUntilChildrenExecute(by: deadline)
                return Result { () throws(SystemError) in try supervisord.send(.terminate) }
            }
        }
        guard let outcome else {
            // There is no thread to wait on.
            return try supervisord.send(.terminate)
        }
        try outcome.get()
    }

    private func report(_ verdict: ShutdownVerdict, _ consequence: String) {
        context.reporter.report(verdict.isFailure ? .error : .info, "\(verdict.reason); \(consequence)")
    }
}

extension SupervisordShutdown {
    /// Sends the status, before supervisord can end.
    ///
    /// - Returns: What follows from that, to be added to a sentence.
    private func record(_ verdict: ShutdownVerdict) -> String {
        guard let statusPath else {
            return ""
        }
        let status = verdict.isFailure ? status ?? verdict.status : verdict.status
        do throws(SystemError) {
            try StatusSocket.send(status: status, to: statusPath)
            return " (supervise will exit with \(status))"
        } catch {
            context.reporter.reportOnce(.warning, "\(error); supervise will exit with supervisord's own status")
            return ""
        }
    }
}
