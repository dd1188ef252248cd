import ListenerKit

/// Reads listenerd's own key: `startafter=parent[:condition[,condition]][?] ...`.
struct NativeDialect {
    /// The programs that have the key.
    private let programs: [Int]

    init(_ programs: [Int]) {
        self.programs = programs
    }

    /// Reads what each of the programs waits for.
    func read(into builder: inout PlanBuilder) {
        for program in programs {
            read(program, &builder)
        }
    }

    private func read(_ program: Int, _ builder: inout PlanBuilder) {
        let section = builder.configuration.programs[program]
        // supervisord starts it, whatever it is said to wait for.
        guard !builder.warnIfAutostarted(program, StartupKeys.after) else {
            return
        }
        let value: ConfigurationValue
        do throws(ConfigurationProblem) {
            value = try section.value(forKey: StartupKeys.after) ?? ConfigurationValue("", at: section.location)
        } catch {
            // What it waits for is not known, so it must not be started.
            builder.refuse(program, because: error)
            value = ConfigurationValue("", at: error.location)
        }
        var dependencies: [StartupDependency] = []
        for item in value.text.words {
            let item = StartAfterItem(item)
            if let parent = builder.parents.index(named: item.parent) {
                dependencies.append(item.dependency(on: parent, at: value.location))
            } else if !item.isOptional {
                let problem = unknown(item.parent, of: section, value.location, &builder)
                builder.refuse(program, because: problem)
            }
        }
        let tie = StartupTie(priority: section.effectivePriority, name: section.name)
        builder.manage(program, .listenerd, dependencies, tie)
    }

    private func unknown(
        _ parent: String,
        of program: ProgramConfiguration,
        _ location: ConfigurationLocation,
        _ builder: inout PlanBuilder
    ) -> ConfigurationProblem {
        ConfigurationProblem(
            .error,
            at: location,
            "\(program.name) is never started: it waits for \(parent.quoted), and there is no program, group or process "
                + "of this name" + hint(parent, &builder)
        )
    }

    /// What was probably meant.
    private func hint(_ parent: String, _ builder: inout PlanBuilder) -> String {
        if parent.utf8.contains(UInt8(ascii: ",")), !parent.utf8.contains(UInt8(ascii: ":")) {
            return "; parents are separated by spaces"
        }
        if builder.parents.hasGroup(parent) {
            return "; did you mean '\(parent):*'?"
        }
        let parts = parent.split(separator: ":", maxSplits: 1)
        if parts.count == 2, builder.parents.program(named: String(parts[0])) != nil {
            let wrong =
                parts[1].split(separator: ",").first { StartupConditions(word: $0) == nil }.map { String($0) } ?? ""
            let meant = Suggestion.nearest(to: wrong.lowercased(), among: StartupConditions.allWords)
            return ", nor a condition \(wrong.quoted)" + (meant.map { "; did you mean '\($0)'?" } ?? "")
        }
        return builder.parents.suggestion(for: parent).map { "; did you mean '\($0)'?" } ?? ""
    }
}
