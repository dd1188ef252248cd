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
        var groups = readers.isEmpty ? [] : claimedGroups(of: programs)
        // Of groups with the same name and priority, supervisord keeps the first in this order of kinds.
        groups += ownGroups(of: programs, .program)
        groups += listeners.map { Self.group(of: $0.program, priority: $0.groupPriority) }
        groups += ownGroups(of: programs, .fastCGIProgram)
        return groups.sorted { one, other in
            one.priority == other.priority ? one.name < other.name : one.priority < other.priority
        }
    }

    /// The groups that have a section of their own.
    private func claimedGroups(of programs: [ProgramConfiguration]) -> [GroupConfiguration] {
        let positions = Dictionary(zip(programs.map(\.sectionName), programs.indices)) { first, _ in first }
        return readers.map { reader in
            let processes = reader.members.compactMap { positions[$0] }.flatMap { programs[$0].processes }
            return GroupConfiguration(
                name: reader.name,
                priority: reader.priority,
                location: reader.location,
                processes: processes.filter { $0.group == reader.name },
                keys: reader.keys
            )
        }
    }

    /// The groups that programs of a kind make of their own, because no other group claims them.
    private func ownGroups(
        of programs: [ProgramConfiguration],
        _ kind: ProgramConfiguration.Kind
    ) -> [GroupConfiguration] {
        programs.indices.compactMap { position in
            guard programs[position].kind == kind, claims[programs[position].sectionName] == nil else {
                return nil
            }
            return Self.group(of: programs[position], priority: programs[position].effectivePriority)
        }
    }

    private static func group(of program: ProgramConfiguration, priority: Int) -> GroupConfiguration {
        GroupConfiguration(
            name: program.name,
            priority: priority,
            location: program.location,
            processes: program.processes,
            keys: [:]
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
            let message = "the group \(group.name.quoted) is already defined at \(earlier), so this one never starts"
            return ConfigurationProblem(.warning, at: group.location, message)
        }
    }
}
