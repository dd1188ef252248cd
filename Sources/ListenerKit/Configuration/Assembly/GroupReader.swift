/// A `[group:x]` section: which programs it claims.
struct GroupReader {
    let name: String
    let priority: Int
    let location: ConfigurationLocation
    /// The sections of its members, in the order given, each once.
    private(set) var members: [String] = []
    /// Where its keys stand, in lower case.
    let keys: [String: ConfigurationLocation]
    private(set) var problems: [ConfigurationProblem]

    /// Reads a section.
    ///
    /// - Parameters:
    ///   - section: The section with the names that are known everywhere.
    ///   - isSection: Whether there is a section of a name.
    init(_ section: ConfigurationSection, isSection: (String) -> Bool) {
        var reader = SectionReader(section)
        name = reader.nameAfterColon()
        priority = reader.value("priority", as: .integer) ?? ProgramConfiguration.defaultPriority
        location = section.location
        keys = Dictionary(section.written.options.map { ($0.key, $0.location) }) { first, _ in first }
        var seen: Set<String> = []
        for program in reader.list("programs") {
            guard !program.isEmpty else {
                reader.report("programs", "has a comma without a name; remove the comma")
                continue
            }
            let candidates = ["program:\(program)", "fcgi-program:\(program)"].filter(isSection)
            if candidates.isEmpty {
                reader.report("programs", "names \(program.quoted), but there is no [program:\(program)]")
            } else if candidates.count > 1 {
                reader.report(
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
