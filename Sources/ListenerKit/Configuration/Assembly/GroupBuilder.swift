/// Builds the process groups from all sections.
struct GroupBuilder {
    /// The groups that list a program, by the name of the program's section.
    let claims: [String: [String]]
    /// The `[group:x]` sections.
    let readers: [GroupReader]

    /// Returns all groups in the order in which supervisord starts them: by priority, then by name.
    func groups(
        of programs: [ProgramConfiguration],
        and listeners: [EventListenerConfiguration]
    ) -> [GroupConfiguration] {
        var groups = readers.isEmpty ? [] : claimedGroups(of: programs)
        // If groups have the same name and priority, supervisord keeps the first in this order of kinds.
        groups += ownGroups(of: programs, .program)
        groups += listeners.map { Self.group(of: $0.program, priority: $0.groupPriority) }
        groups += ownGroups(of: programs, .fastCGIProgram)
        return groups.sorted { one, other in
            one.priority == other.priority ? one.name < other.name : one.priority < other.priority
        }
    }

    /// Returns the groups that have a `[group:x]` section.
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

    /// Returns the groups of their own that programs of a kind make, because no `[group:x]` lists them.
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

    /// Returns a problem for each group with the same name as an earlier one: supervisord accepts the file, and ignores the group.
    static func duplicates(among groups: [GroupConfiguration]) -> [ConfigurationProblem] {
        var first: [String: ConfigurationLocation] = [:]
        return groups.compactMap { group in
            guard let earlier = first[group.name] else {
                first[group.name] = group.location
                return nil
            }
            let message = "the group \(group.name.quoted) is already defined at \(earlier), so this one never starts"
            return ConfigurationProblem(.repeatedGroup, at: group.location, message)
        }
    }
}
