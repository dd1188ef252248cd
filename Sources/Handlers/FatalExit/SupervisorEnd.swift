import ListenerKit

/// Ends supervisord: by RPC, or by a signal where that does not help.
struct SupervisorEnd {
    /// supervisord answers at once; where it does not, a signal is tried.
    private static let patience = Duration.seconds(2)

    private let reporter: Reporter
    private let supervisor: Supervisor?
    private let supervisord = SupervisordProcess.current

    /// Takes note of the process that is to be ended.
    ///
    /// - Parameter context: What the listener offers.
    init(_ context: Context) {
        reporter = context.reporter
        supervisor = try? context.supervisor()
    }

    /// Ends supervisord because a process is FATAL, unless that has been repaired, or supervisord is ending anyway.
    ///
    /// - Parameters:
    ///   - process: The process that has failed.
    ///   - spawnError: What supervisord says about it, where that is known already.
    /// - Returns: Whether supervisord is ending now.
    func end(because process: ProcessName, _ spawnError: String?) async -> Bool {
        let information: ProcessInformation?
        do throws(SupervisorError) {
            information = try await supervisor?.processInfo(of: process, within: Self.patience)
        } catch {
            guard let fault = error.fault else {
                return signalSupervisord(Self.describe(process, spawnError), detour: " (\(error))")
            }
            // While supervisord stops, it makes every process FATAL that waits for its next try; that is no failure. Nor is
            // a process that has been removed.
            return fault.known == .shutdownState
        }
        if let information, information.state != .fatal {
            return false
        }
        return await end(because: Self.describe(process, information?.spawnError ?? spawnError))
    }

    /// Ends supervisord, unless it is ending anyway.
    ///
    /// - Parameter reason: Why, as a sentence without a full stop.
    /// - Returns: Whether supervisord is ending now.
    func end(because reason: String) async -> Bool {
        guard let supervisor else {
            return signalSupervisord(reason, detour: "")
        }
        do throws(SupervisorError) {
            try await supervisor.call("supervisor.shutdown", within: Self.patience)
            reporter.say(.error, "\(reason); supervisord is shut down")
            return true
        } catch {
            return error.isShutdown || signalSupervisord(reason, detour: " (\(error))")
        }
    }

    private static func describe(_ process: ProcessName, _ spawnError: String?) -> String {
        "\(process) is FATAL" + (spawnError.map { ": \($0)" } ?? "")
    }

    private func signalSupervisord(_ description: String, detour: String) -> Bool {
        do throws(SystemError) {
            try supervisord.send(.terminate)
            reporter.say(.error, "\(description); supervisord is ended by SIGTERM\(detour)")
            return true
        } catch {
            reporter.say(.error, "\(description), and supervisord cannot be ended: \(error)\(detour)")
            return false
        }
    }
}
