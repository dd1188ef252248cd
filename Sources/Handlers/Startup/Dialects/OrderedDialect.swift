import ListenerKit

/// Reads the keys of ordered-startup-supervisord: `startinorder`, `startnextafter` and `priority` make one straight line.
///
/// `startinorder=true` does not put a program into the line; it has the next one in the line started after it. So all
/// programs stand in the line, and one without the key starts after the one before it, and the line ends with it.
struct OrderedDialect {
    /// The priority of a program that has none; ordered-startup-supervisord's own, one more than supervisord's.
    private static let defaultPriority = 1000

    private let claims: DialectClaims

    init(_ claims: DialectClaims) {
        self.claims = claims
    }

    /// Reads the line of programs, each of which starts after the one before it.
    func read(into builder: inout PlanBuilder) {
        let line = claims.dialects.contains(.ordered) ? line(of: builder.configuration.programs) : []
        /// The program with which the line has ended, until it goes on from one that supervisord starts.
        var end: Int?
        var ends: Set<Int> = []
        for (position, program) in line.enumerated() {
            let previous = position > 0 ? line[position - 1] : nil
            if builder.configuration.programs[program].autostart {
                end = nil
                warnIfAutostarted(program, isFirst: previous == nil, &builder)
                continue
            }
            if end == nil, let previous, !drivesNext(previous) {
                end = previous
                ends.insert(previous)
                warnOfEnd(at: previous, line[position...], &builder)
            }
            if let end {
                builder.programs[program].endOfLine = builder.programs[end].name
            } else {
                manage(program, after: previous, &builder)
            }
        }
        warnOfStatesWithoutEffect(besides: ends, &builder)
    }

    /// Whether the next program in the line is started after this one.
    private func drivesNext(_ program: Int) -> Bool {
        claims.dialects[program] == .ordered
    }

    /// The programs of the line, the first one first; of the same priority in the order in which they stand in the files.
    private func line(of sections: [ProgramConfiguration]) -> [Int] {
        sections.indices.filter { isInLine($0, sections[$0]) }.sorted {
            (sections[$0].priority ?? Self.defaultPriority, $0) < (sections[$1].priority ?? Self.defaultPriority, $1)
        }
    }

    /// Whether a program stands in the line: not if supervisord starts it itself, or if it has another dialect's keys.
    private func isInLine(_ program: Int, _ section: ProgramConfiguration) -> Bool {
        if drivesNext(program) {
            return true
        }
        return section.kind == .program && !section.autostart
            && !StartupKeys.ofOtherDialects.contains { section.location(ofKey: $0) != nil }
    }
}

extension OrderedDialect {
    private func manage(_ program: Int, after previous: Int?, _ builder: inout PlanBuilder) {
        let section = builder.configuration.programs[program]
        let orderKey = StartOrderKey(priority: section.effectivePriority, name: section.name)
        builder.manage(program, .ordered, previous.map { [dependency(on: $0, &builder)] } ?? [], orderKey)
    }

    private func dependency(on program: Int, _ builder: inout PlanBuilder) -> StartupDependency {
        let section = builder.configuration.programs[program]
        return StartupDependency(
            parent: builder.parents.index(ofProgram: program),
            conditions: startNextAfter(section, &builder),
            isOptional: false,
            location: section.location(ofKey: StartupKeys.nextAfter) ?? section.location
        )
    }

    /// The state after which the next program is started; RUNNING if there is none, or none of supervisord's.
    private func startNextAfter(_ program: ProgramConfiguration, _ builder: inout PlanBuilder) -> StartupConditions {
        let value = builder.recover { () throws(ConfigurationProblem) in
            try program.value(forKey: StartupKeys.nextAfter)
        }
        guard let value else {
            return .running
        }
        guard let state = ProcessState(name: value.text) else {
            builder.report(
                .unknownState,
                at: value.location,
                "unknown state \(value.text.quoted) in \(StartupKeys.nextAfter); using RUNNING"
            )
            return .running
        }
        return StartupConditions(awaiting: state)
    }

    /// The first of the line may be started by supervisord, if its section says so; any other would start before its turn.
    private func warnIfAutostarted(_ program: Int, isFirst: Bool, _ builder: inout PlanBuilder) {
        let isMeant = isFirst && builder.configuration.programs[program].location(ofKey: "autostart") != nil
        if !isMeant {
            _ = builder.warnIfAutostarted(program, "\(StartupKeys.inOrder)=true")
        }
    }

    /// Names the programs after one with which the line ends, up to one that supervisord starts, from which it goes on.
    private func warnOfEnd(at program: Int, _ rest: ArraySlice<Int>, _ builder: inout PlanBuilder) {
        let section = builder.configuration.programs[program]
        let lost = rest.prefix { !builder.programs[$0].isAutostarted }.map { builder.programs[$0].name }
        let more = lost.count - Self.mostNames
        let names = lost.prefix(Self.mostNames).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        builder.report(
            .endOfLine,
            at: section.location(ofKey: StartupKeys.nextAfter) ?? section.location,
            "\(section.name) has no \(StartupKeys.inOrder)=true, so the line ends with it; never started: \(names)"
        )
    }

    /// How many names are worth reading in one line.
    private static let mostNames = 10

    /// Warns of programs that say when the next one is to start, but not that it is.
    private func warnOfStatesWithoutEffect(besides ends: Set<Int>, _ builder: inout PlanBuilder) {
        for (index, section) in builder.configuration.programs.enumerated() where section.kind == .program {
            guard let location = section.location(ofKey: StartupKeys.nextAfter), !drivesNext(index),
                !ends.contains(index),
                // If another dialect's key counts, there is a warning already.
                (try? section.boolean(forKey: StartupKeys.inOrder)) != true
            else {
                continue
            }
            builder.report(
                .ineffectiveKey,
                at: location,
                "\(section.name) has \(StartupKeys.nextAfter) without \(StartupKeys.inOrder)=true, so it has no effect"
            )
        }
    }
}
