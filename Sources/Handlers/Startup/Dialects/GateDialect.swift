import ListenerKit

/// Reads when a program is ready: `ready=` and `ready_timeout=`, whichever keys it is started by.
struct GateDialect {
    /// Reads the gates of every program that has any.
    func read(into builder: inout PlanBuilder) {
        for index in builder.gated {
            read(index, &builder)
        }
    }

    private func read(_ index: Int, _ builder: inout PlanBuilder) {
        let program = builder.configuration.programs[index]
        let location = program.location(ofKey: StartupKeys.ready) ?? program.location
        let common = builder.configuration.settings.environment
        var errors: [ConfigurationProblem] = []
        let processes = program.processConfigurations.map { process in
            do throws(ConfigurationProblem) {
                let value = try process.value(forKey: StartupKeys.ready)?.text ?? ""
                return reader(for: process, of: program, common).gates(value)
            } catch {
                errors += errors.contains(error) ? [] : [error]
                return [Gate(text: StartupKeys.ready, kind: .unreadable(error.message))]
            }
        }
        guard processes.contains(where: { !$0.isEmpty }) else {
            // An empty value takes back one of [DEFAULT], or of a role's common options.
            return
        }
        if errors.isEmpty {
            errors = problems(with: processes, of: program.name, at: location)
        }
        let timeout = builder.recover { () throws(ConfigurationProblem) in try readTimeout(of: program) }
        let gates = ProgramGates(processes: processes, timeout: timeout, location: location)
        builder.add(gates, to: index, errors: errors)
    }

    private func reader(
        for process: ProcessConfiguration,
        of program: ProgramConfiguration,
        _ common: [String: String]
    ) -> GateReader {
        // What supervisord sets for a process, in its order.
        var environment = [
            "SUPERVISOR_GROUP_NAME": process.name.group, "SUPERVISOR_PROCESS_NAME": process.name.process,
        ]
        environment.merge(common) { $1 }
        environment.merge(process.environment) { $1 }
        // An error in it has been reported, and keeps supervisord from starting.
        let directory = (try? process.value(forKey: "directory"))?.text
        return GateReader(environment: environment, user: program.user, directory: directory)
    }

    /// Says which gates never pass, each once, though several processes may have it.
    private func problems(
        with processes: [[Gate]],
        of name: String,
        at location: ConfigurationLocation
    ) -> [ConfigurationProblem] {
        var seen: Set<String> = []
        return processes.joined().compactMap { gate in
            guard case .unreadable(let reason) = gate.kind, seen.insert(reason).inserted else {
                return nil
            }
            let message = "\(name) never becomes ready: its gate \(gate.text.quoted) cannot be read: \(reason)"
            return ConfigurationProblem(.malformedGate, at: location, message)
        }
    }

    private func readTimeout(of program: ProgramConfiguration) throws(ConfigurationProblem) -> Duration? {
        guard let value = try program.value(forKey: StartupKeys.readyTimeout) else {
            return nil
        }
        guard let timeout = Duration(optionText: value.text), timeout > .zero else {
            let message = """
                \(program.name) has \(StartupKeys.readyTimeout)=\(value.text.quoted), which is not a number of seconds above 0; \
                its gates have no time limit
                """
            throw ConfigurationProblem(.malformedGate, at: value.location, message)
        }
        return timeout
    }
}
