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

    /// Ends supervisord, unless it is ending anyway.
    ///
    /// - Parameters:
    ///   - description: Why, as a sentence; its argument is what supervisord says about the failed process, if anything.
    ///   - process: The process that has failed, where it was one.
    ///   - spawnError: What supervisord says about it, where that is known already.
    /// - Returns: Whether supervisord is ending now.
    func end(
        because description: (_ spawnError: String?) -> String,
        _ process: ProcessName?,
        _ spawnError: String? = nil
    ) async -> Bool {
        guard let supervisor else {
            return signalSupervisord(description(spawnError), detour: "")
        }
        do throws(SupervisorError) {
            var reason = spawnError
            if let process {
                reason = try await self.spawnError(of: process, supervisor) ?? spawnError
            }
            try await supervisor.call("supervisor.shutdown", within: Self.patience)
            reporter.say(.error, "\(description(reason)); supervisord is shut down")
            return true
        } catch {
            // While supervisord stops, it makes every process FATAL that waits for its next try; that is no failure.
            return error.isShutdown || signalSupervisord(description(spawnError), detour: " (\(error))")
        }
    }

    private func spawnError(
        of process: ProcessName,
        _ supervisor: Supervisor
    ) async throws(SupervisorError) -> String? {
        do throws(SupervisorError) {
            return try await supervisor.processInfo(of: process, within: Self.patience).spawnError
        } catch {
            // A process that supervisord does not know can keep others from being started too.
            if error.fault?.known == .badName {
                return nil
            }
            throw error
        }
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
