import ListenerKit

/// Shuts down supervisord: by RPC, or by a signal if that does not help.
///
/// If `supervise` is the parent of supervisord, it is sent the status to exit with, and stops everything itself; supervisord is shut
/// down from here only if `supervise` does not begin with that. Nothing is done once everything is being stopped.
struct SupervisordShutdown {
    /// supervisord answers at once; if it does not, a signal is tried.
    private static let timeout = Duration.seconds(2)
    private static let interval = Duration.milliseconds(2)

    private let context: Context
    private let supervisor: Supervisor?
    private let supervisord: SupervisordProcess
    /// The status to exit with after any failure, instead of the verdict's own.
    private let status: UInt8?
    private let statusPath: String?
    /// How long `supervise` may take to begin a stop once it has a status; it may be waiting for supervisord, which hangs.
    private let superviseTimeout: Duration

    /// Prepares to shut down a process.
    ///
    /// - Parameters:
    ///   - context: What the listener offers.
    ///   - supervisord: The process.
    ///   - statusPath: Where the status goes; nil if there is no `supervise` to receive it.
    ///   - superviseTimeout: How long `supervise` may take to begin a stop.
    init(
        _ context: Context,
        _ supervisord: SupervisordProcess = .atStart,
        statusPath: String? = listenerEnvironment()[StatusSocket.variable],
        superviseTimeout: Duration = .seconds(3)
    ) {
        self.context = context
        self.supervisord = supervisord
        supervisor = try? context.supervisor()
        status = context.value(of: ShutdownOptions.status, from: HandlerName.fatalExit)
        self.statusPath = statusPath
        self.superviseTimeout = superviseTimeout
    }

    /// Asks about the process because of which supervisord is to be shut down.
    ///
    /// - Parameter process: The process; if it is nil, supervisord is just asked whether it is not being shut down already.
    /// - Returns: The answer.
    func ask(about process: ProcessName?) async -> ShutdownAnswer {
        guard !context.isEverythingStopping else {
            return .isStopping
        }
        do throws(SupervisorError) {
            return .process(try await information(about: process))
        } catch {
            switch error.fault?.known {
            case .shutdownState: return .isStopping
            case .badName: return .processIsRemoved
            default: return .failed(error)
            }
        }
    }

    /// Shuts down supervisord.
    ///
    /// - Parameters:
    ///   - verdict: Why, and the status to exit with.
    ///   - callError: Why supervisord could not be asked about that, in which case a signal is tried at once; nil if it was.
    /// - Returns: Whether supervisord is being shut down now.
    func shutDown(_ verdict: ShutdownVerdict, after callError: SupervisorError?) async -> Bool {
        guard !context.isEverythingStopping else {
            return true
        }
        if callError == nil {
            await waitForLog()
        }
        let consequence = send(verdict)
        if !consequence.isEmpty, await isLeftToSupervise() {
            report(verdict, "shutting down supervisord\(consequence)\(Self.words(for: callError))")
            return true
        }
        guard let supervisor, callError == nil else {
            return await signalSupervisord(verdict, consequence, after: callError)
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
            return await signalSupervisord(verdict, consequence, after: error)
        }
    }

    /// Shuts down supervisord, unless that is under way already.
    ///
    /// - Parameters:
    ///   - reason: Why, as a sentence without a full stop.
    ///   - process: The process that has failed, whose own status is the one to exit with; nil if there is none.
    /// - Returns: Whether supervisord is being shut down now.
    func shutDown(because reason: String, _ process: ProcessName?) async -> Bool {
        var verdict = ShutdownVerdict(reason: reason)
        do throws(SupervisorError) {
            if let information = try await information(about: process), information.state == .exited {
                verdict.status =
                    ShutdownVerdict.exited(information.name, information.exitStatus, isExpected: false).status
            }
        } catch {
            // One that has failed and was removed since has failed all the same; supervisord has forgotten its status.
            guard error.fault?.known == .badName else {
                guard !error.isShutdown else {
                    return true
                }
                return await shutDown(verdict, after: error)
            }
        }
        return await shutDown(verdict, after: nil)
    }

    /// Asks about a process, or else just whether supervisord is not being shut down.
    private func information(about process: ProcessName?) async throws(SupervisorError) -> ProcessInformation? {
        guard let process else {
            try await supervisor?.call("supervisor.getState", within: Self.timeout)
            return nil
        }
        return try await context.processInfo(of: process, within: Self.timeout)
    }

    /// Lets the log ask about the same exit first: during its shutdown, supervisord does not answer any more.
    private func waitForLog() async {
        if context.isSelected(HandlerName.log) {
            await context.askAboutLatestEnd(within: Self.timeout)
        }
    }

    private func nudgeUnlessSupervised(_ consequence: String) {
        // If supervise has received the status, that nudges supervisord.
        if consequence.isEmpty {
            context.nudgeWhileStopping()
        }
    }

    private func report(_ verdict: ShutdownVerdict, _ action: String) {
        context.reporter.report(verdict.isFailure ? .error : .info, "\(verdict.reason); \(action)")
    }
}

// MARK: - By a signal

extension SupervisordShutdown {
    private static func words(for callError: SupervisorError?) -> String {
        callError.map { "; RPC failed: \($0)" } ?? ""
    }

    private func signalSupervisord(
        _ verdict: ShutdownVerdict,
        _ consequence: String,
        after callError: SupervisorError?
    ) async -> Bool {
        let callFailure = Self.words(for: callError)
        do throws(SystemError) {
            try await terminateSupervisord()
            report(verdict, "sending SIGTERM to supervisord\(consequence)\(callFailure)")
            nudgeUnlessSupervised(consequence)
            return true
        } catch {
            guard consequence.isEmpty else {
                // supervise shuts down a supervisord that goes on.
                report(verdict, "leaving the shutdown to supervise\(consequence): \(error)\(callFailure)")
                return true
            }
            context.reporter.reportOnce(
                .error,
                "\(verdict.reason), but supervisord cannot be shut down: \(error)\(callFailure)"
            )
            return false
        }
    }

    /// Sends SIGTERM while nothing is being started: a child that supervisord has just forked would not get its own stop signal.
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
}

// MARK: - The status of `supervise`

extension SupervisordShutdown {
    /// Sends the status to `supervise`, before supervisord can exit.
    ///
    /// - Returns: What follows from that, to be added to a message; empty if nothing was sent.
    private func send(_ verdict: ShutdownVerdict) -> String {
        guard let statusPath else {
            return ""
        }
        let status = verdict.isFailure ? status ?? verdict.status : verdict.status
        do throws(SystemError) {
            try StatusSocket.send(status: status, reason: verdict.reason, to: statusPath)
            return " (supervise will exit with \(status))"
        } catch {
            context.reporter.reportOnce(.warning, "\(error); supervise will exit with supervisord's own status")
            return ""
        }
    }

    /// Waits until `supervise` begins to stop everything, because of the status that it was sent.
    ///
    /// - Returns: Whether it does; one that has no notice of that leaves supervisord to its listener.
    private func isLeftToSupervise() async -> Bool {
        guard let notice = context.stopNotice, notice.exists else {
            return false
        }
        let isPosted = try? await onThread { [superviseTimeout] in
            let deadline = ContinuousClock.now + superviseTimeout
            while !notice.isPosted, ContinuousClock.now < deadline {
                pause(for: Self.interval)
            }
            return notice.isPosted
        }
        return isPosted ?? notice.isPosted
    }
}
