/// Reads a `[group:x]` section: the programs that it lists.
struct GroupReader {
    let name: String
    let priority: Int
    let location: ConfigurationLocation
    /// The names of its members' sections, each once, in the order given.
    private(set) var members: [String] = []
    /// The locations of its keys, which are in lower case.
    let keys: [String: ConfigurationLocation]
    private(set) var problems: [ConfigurationProblem]

    /// Reads a section.
    ///
    /// - Parameters:
    ///   - section: The section, with the names that every section can refer to.
    ///   - isSection: Returns whether there is a section of a name.
    init(_ section: ConfigurationSection, isSection: (String) -> Bool) {
        var reader = SectionReader(section)
        name = reader.nameAfterColon()
        priority = reader.value("priority", as: .integer) ?? ProgramConfiguration.defaultPriority
        location = section.location
        keys = Dictionary(section.written.options.map { ($0.key, $0.location) }) { first, _ in first }
        var seen: Set<String> = []
        for program in reader.list("programs") {
            guard !program.isEmpty else {
                reader.report(.unknownProgram, "programs", "has a comma without a name; remove the comma")
                continue
            }
            let candidates = ["program:\(program)", "fcgi-program:\(program)"].filter(isSection)
            if candidates.isEmpty {
                let words = "names \(program.quoted), but there is no [program:\(program)]"
                reader.report(.unknownProgram, "programs", words)
            } else if candidates.count > 1 {
                reader.report(
                    .ambiguousProgram,
                    "programs",
                    "names \(program.quoted), which is both a program and an fcgi-program; rename one of them"
                )
            }
            if let member = candidates.first, seen.insert(member).inserted {
                members.append(member)
            }
        }
        problems = reader.problems
    }
}
