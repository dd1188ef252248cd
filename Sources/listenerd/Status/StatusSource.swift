import Handlers
import ListenerKit

/// Finds out how all processes stand: asks supervisord, and its listener if programs have gates.
struct StatusSource {
    /// A health check needs an answer in time, even a bad one.
    private static let timeout = Duration.seconds(5)
    /// The listener tries gates before it answers, which takes it a second at most.
    private static let gateTimeout = Duration.seconds(3)

    private let access: SupervisordAccess

    /// Finds supervisord's configuration and RPC interface.
    ///
    /// - Throws: What ``SupervisordAccess`` throws.
    init(_ options: OptionValues) throws {
        access = try SupervisordAccess(options: options, environment: currentEnvironment(), asListener: false)
    }

    /// Describes a known supervisord.
    init(_ access: SupervisordAccess) {
        self.access = access
    }

    /// Returns how everything stands now.
    ///
    /// - Throws: ``ConfigurationError``, ``NoSupervisorError`` or ``SupervisorError``.
    func read() throws -> StatusFacts {
        let loaded = LoadedPlan(try access.reread())
        let supervisor = try supervisor
        let processes = try supervisor.allProcessInfoBlocking(within: Self.timeout)
        let gates = try gates(loaded.plan, processes, supervisor)
        return StatusFacts(loaded: loaded, processes: processes, gates: gates)
    }

    /// supervisord's RPC interface.
    var supervisor: Supervisor {
        get throws(NoSupervisorError) { try access.supervisor.get() }
    }

    /// Asks the listener how the gates stand, if a process is up that has some.
    ///
    /// - Parameters:
    ///   - plan: The order of starts.
    ///   - processes: The processes that supervisord knows.
    ///   - supervisor: supervisord's RPC interface.
    /// - Returns: The answer.
    /// - Throws: ``SupervisorError``.
    func gates(
        _ plan: StartupPlan,
        _ processes: [ProcessInformation],
        _ supervisor: Supervisor
    ) throws(SupervisorError) -> GateAnswer {
        let names = plan.namesOfProcessesWithGates
        guard processes.contains(where: { [.starting, .running].contains($0.state) && names.contains($0.name) }) else {
            return .unknown(nil)
        }
        guard let pid = try supervisor.callBlocking("supervisor.getPID", within: Self.timeout).int.flatMap(Int32.init)
        else {
            return .unknown("cannot be found, as supervisord does not tell its own pid")
        }
        do throws(GateQuestion.Failure) {
            let text = try GateQuestion(supervisord: pid).ask(within: Self.gateTimeout)
            return GateReport(text: text).map { .report($0) } ?? .unknown("gives an answer that cannot be read")
        } catch {
            return .unknown(error.description)
        }
    }
}

extension StartupPlan {
    /// The processes that have gates.
    var namesOfProcessesWithGates: Set<ProcessName> {
        Set(
            programs.flatMap { program in
                zip(program.processes, program.gates?.processes ?? []).filter { !$1.isEmpty }.map { $0.0 }
            }
        )
    }
}
