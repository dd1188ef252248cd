import ListenerKit

/// Reads the keys of supervisord-dependent-startup: `dependent_startup` and what begins with it.
struct DependentDialect {
    private let claims: DialectClaims

    init(_ claims: DialectClaims) {
        self.claims = claims
    }

    /// Reads what each program waits for, and the order of those that are ready to start at the same time.
    func read(into builder: inout PlanBuilder) {
        guard claims.dialects.contains(.dependent) else {
            return
        }
        var order = DependentOrder(count: builder.programs.count)
        var edges: [Int: [StartupDependency]] = [:]
        var managed: [Int] = []
        for (index, section) in builder.configuration.programs.enumerated() where section.kind == .program {
            let isMine = claims.dialects[index] == .dependent
            let isManaged = isMine && !builder.warnIfAutostarted(index, "\(StartupKeys.dependent)=true")
            // What a program waits for that is not started here still counts for the order of the others.
            let waits = isMine || claims.dialects[index] == nil ? waits(of: index, isManaged, &builder) : []
            edges[index] = waits
            let parents = waits.flatMap { builder.parents.all[$0.parent].programs }
            order.add(index, section, after: parents, inherits: inherits(section, isManaged, &builder))
            if isManaged {
                managed.append(index)
            }
        }
        let orderKeys = order.orderKeys()
        for program in managed {
            if let orderKey = orderKeys[program] {
                builder.manage(program, .dependent, edges[program] ?? [], orderKey)
            }
        }
    }
}

extension DependentDialect {
    private func inherits(
        _ program: ProgramConfiguration,
        _ isManaged: Bool,
        _ builder: inout PlanBuilder
    ) -> Bool {
        let read = { () throws(ConfigurationProblem) in try program.boolean(forKey: StartupKeys.inheritPriority) }
        return (isManaged ? builder.recover(read) : try? read()) ?? false
    }

    /// Reads the dependencies of a program; its errors are recorded only if the program is started here.
    private func waits(of index: Int, _ isManaged: Bool, _ builder: inout PlanBuilder) -> [StartupDependency] {
        let program = builder.configuration.programs[index]
        let value: ConfigurationValue?
        do throws(ConfigurationProblem) {
            value = try program.value(forKey: StartupKeys.waitFor)
        } catch {
            if isManaged {
                // What it waits for is not known, so it must not be started.
                builder.refuse(index, because: error)
            }
            return []
        }
        guard let value else {
            return []
        }
        var items: [WaitForItem] = []
        for word in value.text.words {
            let item = WaitForItem(word)
            // Of the same parent twice, the last one counts.
            items.removeAll { $0.parent == item.parent }
            items.append(item)
        }
        let reader = WaitForReader(program: index, location: value.location, isManaged: isManaged)
        return items.compactMap { reader.dependency(for: $0, &builder) }
    }
}
