import ListenerKit

/// A value that names a user, a group or a folder of the machine.
struct MachineReference {
    /// The name or the path.
    let name: String
    /// The key.
    let key: String
    /// The name of the section.
    let section: String
    /// The location of the key.
    let location: ConfigurationLocation
}

extension CheckedConfiguration {
    /// Every section that runs something.
    var allPrograms: [ProgramConfiguration] {
        configuration.programs + configuration.eventListeners.map { $0.program }
    }

    /// Returns a reference in `[supervisord]`; none if the key is not given.
    func supervisordReference(_ name: String?, _ key: String) -> [MachineReference] {
        guard let name, let section = configuration.document.section(named: "supervisord") else {
            return []
        }
        let location = section[key]?.location ?? section.location
        return [MachineReference(name: name, key: key, section: section.name, location: location)]
    }

    /// Returns a reference in a section that runs something; none if the key is not given.
    func reference(_ name: String?, _ key: String, in program: ProgramConfiguration) -> [MachineReference] {
        name.map { name in
            let location = program.location(ofKey: key) ?? program.location
            return [MachineReference(name: name, key: key, section: program.sectionName, location: location)]
        } ?? []
    }
}

extension [MachineReference] {
    /// The first reference to each name, with the number of references to it.
    var counted: [(reference: MachineReference, count: Int)] {
        var positions: [String: Int] = [:]
        var counted: [(reference: MachineReference, count: Int)] = []
        for reference in self {
            if let position = positions[reference.name] {
                counted[position].count += 1
            } else {
                positions[reference.name] = counted.count
                counted.append((reference, 1))
            }
        }
        return counted
    }
}
