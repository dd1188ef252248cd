import ListenerKit

/// Collects what the dialects read, and builds the plan of it.
struct PlanBuilder {
    /// supervisord's configuration.
    let configuration: SupervisorConfiguration
    /// The programs, which the dialects complete.
    var programs: [PlannedProgram]
    /// The parents that programs can wait for.
    var parents: StartupParents
    /// The programs with `ready=`, by their indices.
    let gated: [Int]
    /// The problems so far.
    var problems: [ConfigurationProblem] = []
    /// For each program that is started here, what decides who is first.
    private var orderKeys: [Int: StartOrderKey] = [:]
    /// Programs that are not started because of an error of their own.
    private var refusals: [(program: Int, problem: ConfigurationProblem)] = []
    /// Programs that start, but never become ready because of an error in their gates.
    private var neverReady: [(program: Int, problem: ConfigurationProblem)] = []

    init(_ configuration: SupervisorConfiguration) {
        self.configuration = configuration
        var count = 0
        var programs: [PlannedProgram] = []
        var gated: [Int] = []
        programs.reserveCapacity(configuration.programs.count)
        for (index, program) in configuration.programs.enumerated() {
            programs.append(PlannedProgram(program, firstProcess: count))
            count += program.processes.count
            if program.location(ofKey: StartupKeys.ready) != nil {
                gated.append(index)
            }
        }
        self.programs = programs
        self.gated = gated
        parents = StartupParents(programs)
    }

    /// Adds a program that is to be started here.
    ///
    /// - Parameters:
    ///   - program: The program's index.
    ///   - dialect: By which keys.
    ///   - dependencies: What it waits for.
    ///   - orderKey: What decides which of two programs is first.
    mutating func manage(
        _ program: Int,
        _ dialect: StartupDialect,
        _ dependencies: [StartupDependency],
        _ orderKey: StartOrderKey
    ) {
        programs[program].dialect = dialect
        programs[program].dependencies = dependencies
        orderKeys[program] = orderKey
    }

    /// Keeps a program from being started.
    mutating func refuse(_ program: Int, because problem: ConfigurationProblem) {
        refusals.append((program, problem))
    }

    /// Gives a program its gates.
    ///
    /// - Parameters:
    ///   - gates: The gates.
    ///   - program: The program's index.
    ///   - errors: Why some of them never pass.
    mutating func add(_ gates: ProgramGates, to program: Int, errors: [ConfigurationProblem]) {
        programs[program].gates = gates
        neverReady += errors.map { (program, $0) }
    }

    /// Reads a value; one that is wrong is recorded as a problem, and counts as missing.
    mutating func recover<Value>(_ read: () throws(ConfigurationProblem) -> Value?) -> Value? {
        do throws(ConfigurationProblem) {
            return try read()
        } catch {
            problems.append(error)
            return nil
        }
    }

    /// Records a problem.
    mutating func report(_ rule: ConfigurationRule, at location: ConfigurationLocation, _ message: String) {
        problems.append(ConfigurationProblem(rule, at: location, message))
    }

    /// Builds the plan.
    consuming func plan() -> StartupPlan {
        rankPrograms()
        var plan = StartupPlan(
            programs: programs,
            parents: parents.all,
            refusals: refusals,
            neverReady: neverReady,
            problems: problems
        )
        plan.problems = plan.problems.sorted(byPlaceIn: configuration.files)
        return plan
    }

    private mutating func rankPrograms() {
        let sorted = orderKeys.sorted { $0.value < $1.value }
        for (rank, entry) in sorted.enumerated() {
            programs[entry.key].rank = rank
        }
    }
}

extension PlanBuilder {
    /// Records a warning if supervisord starts a program itself although it has keys of a dialect.
    ///
    /// - Returns: Whether it does.
    mutating func warnIfAutostarted(_ program: Int, _ key: String) -> Bool {
        let section = configuration.programs[program]
        guard section.autostart else {
            return false
        }
        report(
            .autostartedInOrder,
            at: section.location(ofKey: "autostart") ?? section.location,
            "\(section.name) has \(key) but not autostart=false, so supervisord starts it at once; set autostart=false"
        )
        return true
    }
}

extension PlannedProgram {
    /// Reads what a section says about the order of starts.
    fileprivate init(_ program: ProgramConfiguration, firstProcess: Int) {
        self.init(
            name: program.name,
            location: program.location,
            group: program.processes.first?.group ?? program.name,
            processes: program.processes,
            firstProcess: firstProcess,
            isAutostarted: program.autostart,
            autorestart: program.autorestart,
            startSeconds: program.startSeconds,
            exitCodes: program.exitCodes,
            priority: program.priority
        )
    }
}
