/// Puts the processes of all sections into their groups.
struct GroupMaker {
    /// The groups that claim a program, by the name of its section.
    let claims: [String: [String]]
    /// The `[group:x]` sections.
    let readers: [GroupReader]

    /// All groups in the order in which supervisord starts them: by priority, then by name.
    func groups(
        of programs: [ProgramConfiguration],
        and listeners: [EventListenerConfiguration]
    ) -> [GroupConfiguration] {
        let bySection = Dictionary(programs.map { ($0.sectionName, $0) }) { first, _ in first }
        var groups = readers.map { reader in
            let members = reader.members.compactMap { bySection[$0] }
            return GroupConfiguration(
                name: reader.name,
                priority: reader.priority,
                location: reader.location,
                processes: members.flatMap { program in program.processes.filter { $0.group == reader.name } }
            )
        }
        // Of groups with the same name and priority, supervisord keeps the first in this order of kinds.
        let unclaimed = programs.filter { claims[$0.sectionName] == nil }
        groups += unclaimed.filter { $0.kind == .program }.map { Self.group(of: $0, priority: $0.effectivePriority) }
        groups += listeners.map { Self.group(of: $0.program, priority: $0.groupPriority) }
        groups += unclaimed.filter { $0.kind == .fastCGIProgram }.map {
            Self.group(of: $0, priority: $0.effectivePriority)
        }
        return groups.sorted { ($0.priority, $0.name) < ($1.priority, $1.name) }
    }

    private static func group(of program: ProgramConfiguration, priority: Int) -> GroupConfiguration {
        GroupConfiguration(
            name: program.name,
            priority: priority,
            location: program.location,
            processes: program.processes
        )
    }

    /// Groups of the same name as an earlier one: supervisord takes the file, and passes over them in silence.
    static func duplicates(among groups: [GroupConfiguration]) -> [ConfigurationProblem] {
        var first: [String: ConfigurationLocation] = [:]
        return groups.compactMap { group in
            guard let earlier = first[group.name] else {
                first[group.name] = group.location
                return nil
            }
            let message = "the group \(group.name.quoted) is already made by \(earlier), so this one never starts"
            return ConfigurationProblem(.warning, at: group.location, message)
        }
    }
}
