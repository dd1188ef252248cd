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
        // supervisord starts it, whatever its keys say.
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
                let message =
                    "\(section.name) never starts: it waits for \(item.parent.quoted), but "
                    + UnknownParent(item.parent, of: section.name).description(&builder.parents)
                builder.refuse(program, because: ConfigurationProblem(.unknownParent, at: value.location, message))
            } else if let doubt = doubt(item, text, section.name, &builder) {
                builder.report(.doubtfulParent, at: value.location, "\(section.name) \(doubt)")
            }
        }
        let orderKey = StartOrderKey(priority: section.effectivePriority, name: section.name)
        builder.manage(program, .listenerd, dependencies, orderKey)
    }

    /// Why an optional item is probably wrong; nil if its parent may just be absent.
    private func doubt(
        _ item: StartAfterItem,
        _ text: Substring,
        _ name: String,
        _ builder: inout PlanBuilder
    ) -> String? {
        if item.parent.isEmpty {
            return "has \(String(text).quoted) in \(StartupKeys.after)= without a name; write it directly after the "
                + "parent"
        }
        let unknown = UnknownParent(item.parent, of: name)
        guard unknown.isDoubtful(&builder.parents) else {
            return nil
        }
        return "does not wait for \(item.parent.quoted): " + unknown.description(&builder.parents)
    }
}
