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
        for text in value.text.words {
            let item = StartAfterItem(text)
            if let parent = builder.parents.index(named: item.parent) {
                dependencies.append(item.dependency(on: parent, at: value.location))
            } else if !item.isOptional {
                let problem = unknown(item.parent, of: section, value.location, &builder)
                builder.refuse(program, because: problem)
            } else if let doubt = doubt(item, text, builder.parents) {
                builder.warn(value.location, "\(section.name) \(doubt)")
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

    /// Why an optional item is hardly meant as it stands; nil where its parent may just be absent.
    private func doubt(_ item: StartAfterItem, _ text: Substring, _ parents: StartupParents) -> String? {
        if item.parent.isEmpty {
            return "has \(String(text).quoted) in \(StartupKeys.after)= without a name before it; write it behind the "
                + "parent, without a space"
        }
        guard let wrong = wrongCondition(item.parent, parents), let meant = wrong.meant else {
            return nil
        }
        return "does not wait for \(item.parent.quoted): there is no process of this name, nor a condition "
            + "\(wrong.word.quoted); did you mean '\(meant)'?"
    }

    /// The word behind a program's name that is no condition, with the one that it is much like.
    private func wrongCondition(_ name: String, _ parents: StartupParents) -> (word: String, meant: String?)? {
        let parts = name.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parents.program(named: String(parts[0])) != nil else {
            return nil
        }
        let wrong = parts[1].split(separator: ",").first { StartupConditions(word: $0) == nil }.map { String($0) } ?? ""
        return (wrong, Suggestion.nearest(to: wrong.lowercased(), among: StartupConditions.allWords))
    }

    /// What was probably meant.
    private func hint(_ parent: String, _ builder: inout PlanBuilder) -> String {
        if parent.utf8.contains(UInt8(ascii: ",")), !parent.utf8.contains(UInt8(ascii: ":")) {
            return "; parents are separated by spaces"
        }
        if builder.parents.hasGroup(parent) {
            return "; did you mean '\(parent):*'?"
        }
        if let wrong = wrongCondition(parent, builder.parents) {
            return ", nor a condition \(wrong.word.quoted)" + (wrong.meant.map { "; did you mean '\($0)'?" } ?? "")
        }
        return builder.parents.suggestion(for: parent).map { "; did you mean '\($0)'?" } ?? ""
    }
}
