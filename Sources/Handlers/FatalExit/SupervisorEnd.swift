import ListenerKit

/// Ends supervisord: by RPC, or by a signal where that does not help; and sends the status, where somebody receives it.
struct SupervisorEnd {
    /// supervisord answers at once; where it does not, a signal is tried.
    private static let patience = Duration.seconds(2)
    /// How often supervisord is woken while it stops.
    private static let interval = Duration.milliseconds(20)

    private let context: Context
    private let supervisor: Supervisor?
    private let supervisord: SupervisordProcess
    /// The status that is sent instead of any other.
    private let status: UInt8?
    private let statusPath: String?
    /// Whether the handler's alarm is for ``wake()`` alone: supervisord is ending, and by itself it looks every second whether
    /// what it stops has gone.
    private(set) var isWaking = false

    /// Takes note of the process that is to be ended.
    ///
    /// - Parameters:
    ///   - context: What the listener offers.
    ///   - supervisord: The process.
    ///   - statusPath: Where the status goes; nil where nobody wants to know.
    init(
        _ context: Context,
        _ supervisord: SupervisordProcess = .current,
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
    mutating func end(because cause: FatalExitCause) async -> Bool {
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
                return cause.verdict(nil).map { signalSupervisord($0, record($0), detour: " (\(error))") } ?? false
            }
        }
    }

    /// Ends supervisord, unless it is ending anyway.
    ///
    /// - Parameters:
    ///   - reason: Why, as a sentence without a full stop.
    ///   - process: The process that has failed, whose own status is the one to end with; nil where there is none.
    /// - Returns: Whether supervisord is ending now.
    mutating func end(because reason: String, _ process: ProcessName?) async -> Bool {
        var verdict = FatalExitVerdict(reason: reason)
        do throws(SupervisorError) {
            if let information = try await ask(about: process), information.state == .exited {
                verdict.status =
                    FatalExitVerdict.exited(information.name, information.exitStatus, isExpected: false).status
            }
        } catch {
            // One that has failed and was removed since has failed all the same; supervisord has forgotten its status.
            guard error.fault?.known == .badName else {
                return error.isShutdown || signalSupervisord(verdict, record(verdict), detour: " (\(error))")
            }
        }
        return await shutDown(verdict)
    }

    /// Asks for a process, or else just whether supervisord is not stopping.
    @discardableResult
    private func ask(about process: ProcessName?) async throws(SupervisorError) -> ProcessInformation? {
        guard let process else {
            try await supervisor?.call("supervisor.getState", within: Self.patience)
            return nil
        }
        return try await supervisor?.processInfo(of: process, within: Self.patience)
    }

    /// Wakes supervisord, now and again at the next alarm, where it was shut down from here, and nobody else wakes it.
    ///
    /// - Returns: Whether that is so.
    mutating func wake() async -> Bool {
        guard isWaking else {
            return false
        }
        do throws(SupervisorError) {
            try await ask(about: nil)
        } catch {
            isWaking = error.isShutdown
        }
        setAlarm()
        return true
    }

    private func setAlarm() {
        if isWaking {
            context.setAlarm(at: .now + Self.interval)
        }
    }

    private mutating func shutDown(_ verdict: FatalExitVerdict) async -> Bool {
        let consequence = record(verdict)
        guard let supervisor else {
            return signalSupervisord(verdict, consequence, detour: "")
        }
        do throws(SupervisorError) {
            try await supervisor.call("supervisor.shutdown", within: Self.patience)
            say(verdict, "supervisord is shut down\(consequence)")
            // Where supervise has heard of it, that wakes supervisord.
            isWaking = consequence.isEmpty
            setAlarm()
            return true
        } catch {
            return error.isShutdown || signalSupervisord(verdict, consequence, detour: " (\(error))")
        }
    }

    private func signalSupervisord(_ verdict: FatalExitVerdict, _ consequence: String, detour: String) -> Bool {
        do throws(SystemError) {
            try supervisord.send(.terminate)
            say(verdict, "supervisord is ended by SIGTERM\(consequence)\(detour)")
            return true
        } catch {
            guard consequence.isEmpty else {
                // supervise ends what does not end by itself.
                say(verdict, "supervisord is left to its parent\(consequence): \(error)\(detour)")
                return true
            }
            context.reporter.sayOnce(.error, "\(verdict.reason), and supervisord cannot be ended: \(error)\(detour)")
            return false
        }
    }

    private func say(_ verdict: FatalExitVerdict, _ consequence: String) {
        context.reporter.say(verdict.status == 0 ? .info : .error, "\(verdict.reason); \(consequence)")
    }
}

extension SupervisorEnd {
    /// Sends the status, before supervisord can end.
    ///
    /// - Returns: What follows from that, to be added to a sentence.
    private func record(_ verdict: FatalExitVerdict) -> String {
        guard let statusPath else {
            return ""
        }
        let status = status ?? verdict.status
        do throws(SystemError) {
            try StatusSocket.send(status: status, to: statusPath)
            return ", and supervise ends with status \(status)"
        } catch {
            context.reporter.sayOnce(.warning, "\(error); therefore supervise ends with supervisord's own status")
            return ""
        }
    }
}
