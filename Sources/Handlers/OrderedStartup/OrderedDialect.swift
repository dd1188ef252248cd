import ListenerKit

/// Reads the keys of ordered-startup-supervisord: `startinorder`, `startnextafter` and `priority` make one straight line.
struct OrderedDialect {
    /// The priority of a program that has none; ordered-startup-supervisord's own, one more than supervisord's.
    private static let defaultPriority = 1000

    /// A program with `startinorder=true`.
    private struct Link {
        let program: ProgramConfiguration
        let priority: Int
        /// What the next one waits for.
        let startNextAfter: StartupConditions
    }

    private(set) var problems: [ConfigurationProblem] = []

    /// Reads the line of programs.
    ///
    /// - Parameter configuration: supervisord's configuration.
    /// - Returns: The programs, each after the one before it.
    mutating func programs(of configuration: SupervisorConfiguration) -> [PlannedProgram] {
        var links: [Link] = []
        for program in configuration.programs where program.kind == .program {
            if let link = link(program) {
                links.append(link)
            }
        }
        // Programs of the same priority keep the order in which they stand in the files.
        links = links.enumerated().sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }
            .map { $0.element }
        return links.indices.map { index in
            PlannedProgram(
                name: links[index].program.name,
                processes: links[index].program.processes,
                isManaged: !links[index].program.autostart,
                priority: links[index].priority,
                startSeconds: links[index].program.startSeconds,
                exitCodes: links[index].program.exitCodes,
                dependencies: dependencies(of: index, in: links)
            )
        }
    }

    /// What a link waits for: the one before it; and where supervisord starts that one itself, the one before that as well.
    private func dependencies(of index: Int, in links: [Link]) -> [PlannedProgram.Dependency] {
        guard !links[index].program.autostart else {
            return []
        }
        var dependencies: [PlannedProgram.Dependency] = []
        for parent in links[..<index].indices.reversed() {
            dependencies.append(.init(parent: parent, conditions: links[parent].startNextAfter))
            guard links[parent].program.autostart else {
                break
            }
        }
        return dependencies
    }

    private mutating func link(_ program: ProgramConfiguration) -> Link? {
        guard recover({ () throws(ConfigurationProblem) in try program.boolean(forKey: "startinorder") }) == true else {
            return nil
        }
        if program.autostart {
            problems.append(
                ConfigurationProblem(
                    .warning,
                    at: program.location(ofKey: "autostart") ?? program.location,
                    "\(program.name) has startinorder=true and not autostart=false: supervisord starts it itself, at once"
                )
            )
        }
        return Link(
            program: program,
            priority: program.priority ?? Self.defaultPriority,
            startNextAfter: startNextAfter(program)
        )
    }

    /// The state after which the next program is started; RUNNING where there is none, or none of supervisord's.
    private mutating func startNextAfter(_ program: ProgramConfiguration) -> StartupConditions {
        let value = recover { () throws(ConfigurationProblem) in try program.value(forKey: "startnextafter") }
        guard let value = value ?? nil else {
            return .running
        }
        switch ProcessState(name: value.text) {
        case .starting: return .started
        case .running: return .running
        case .backoff: return .backoff
        case .stopping: return .stopping
        case .stopped: return .stopped
        case .exited: return .exited
        case .fatal: return .fatal
        case .unknown: return .unknown
        case nil:
            problems.append(
                ConfigurationProblem(
                    .warning,
                    at: value.location,
                    "startnextafter=\(value.text) is no state of supervisord's; RUNNING is taken instead"
                )
            )
            return .running
        }
    }

    /// Reads a value; one that is wrong is noted, and counts as missing.
    private mutating func recover<Value>(_ read: () throws(ConfigurationProblem) -> Value?) -> Value? {
        do throws(ConfigurationProblem) {
            return try read()
        } catch {
            problems.append(error)
            return nil
        }
    }
}

extension StartupPlan {
    /// Reads the plan that a configuration leads to.
    init(_ configuration: SupervisorConfiguration) {
        var dialect = OrderedDialect()
        let programs = dialect.programs(of: configuration)
        self.init(programs: programs, problems: dialect.problems)
    }
}
