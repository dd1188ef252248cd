import ListenerKit

/// Turns the items of one `dependent_startup_wait_for` into edges of the graph.
struct WaitForReader {
    /// The program that waits.
    let program: Int
    /// The line of the key.
    let location: ConfigurationLocation
    /// Whether the program is started here; if not, errors do not matter.
    let isManaged: Bool

    /// Returns the edge of an item; nil if there is no such program, or if none of the states can be waited for.
    func dependency(for item: WaitForItem, _ builder: inout PlanBuilder) -> StartupDependency? {
        let name = builder.configuration.programs[program].name
        guard let parent = builder.parents.program(named: item.parent),
            builder.configuration.programs[parent].kind == .program
        else {
            let meant = builder.parents.suggestion(for: item.parent, besides: name)
            let hint = meant.map { "; did you mean '\($0)'?" } ?? ""
            warn(
                .doubtfulParent,
                "\(name) waits for \(item.parent.quoted), but no program has that name; ignoring this dependency"
                    + hint,
                &builder
            )
            return nil
        }
        reportStates(of: item, name, &builder)
        guard !item.conditions.isEmpty else {
            return nil
        }
        return StartupDependency(
            parent: builder.parents.index(ofProgram: parent),
            conditions: item.conditions,
            isOptional: false,
            location: location
        )
    }

    private func reportStates(of item: WaitForItem, _ name: String, _ builder: inout PlanBuilder) {
        let key = StartupKeys.waitFor
        if item.hasTooManyParts {
            let message = "\(key) of \(name) has too many colons after \(item.parent.quoted); using RUNNING"
            warn(.unknownState, message, &builder)
        }
        for word in item.wrongStates where !item.conditions.isEmpty {
            warn(.unknownState, "unknown state \(word.quoted) in \(key) of \(name); ignoring it", &builder)
        }
        if item.conditions.isEmpty, isManaged {
            let words = item.wrongStates.map { $0.quoted }.joined(separator: ", ")
            let message =
                "\(name) never starts: it waits for \(item.parent) to be \(words), but \(key) accepts only "
                + WaitForItem.states.map { $0.name }.joined(separator: ", ")
            builder.refuse(program, because: ConfigurationProblem(.unknownState, at: location, message))
        }
    }

    private func warn(_ rule: ConfigurationRule, _ message: String, _ builder: inout PlanBuilder) {
        if isManaged {
            builder.report(rule, at: location, message)
        }
    }
}
