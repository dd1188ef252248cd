import ExecutableTesting
import ListenerKit
import Testing

@testable import Handlers

@Suite struct StartupPropertyTests {
    /// A graph of random programs, each of which waits for some before it.
    ///
    /// - Parameters:
    ///   - count: How many programs there are.
    ///   - seed: What the graph depends on.
    ///   - words: What is waited for.
    ///   - gates: Of a hundred programs, how many have a gate.
    ///   - readyTimeout: How long a program with a gate may take to pass it.
    /// - Returns: The graph.
    static func plan(
        count: Int,
        seed: UInt64,
        _ words: [StartupConditions],
        gates: Int = 0,
        readyTimeout: Duration? = nil
    ) -> StartupPlan {
        var random = SeededGenerator(state: seed)
        var numbers: [Range<Int>] = []
        var others: [StartupParent] = []
        let programs = (0..<count).map { index in
            var program = SampleProgram(
                name: "p\(index)",
                processes: (0..<Int.random(in: 1...3, using: &random)).map {
                    ProcessName(group: "p\(index)", process: "p\(index)_\($0)")
                }
            )
            program.isManaged = Int.random(in: 0..<10, using: &random) > 0
            program.autorestart = .never
            program.priority = Int.random(in: 1...5, using: &random)
            program.startSeconds = Int.random(in: 0...1, using: &random)
            if gates > 0, Int.random(in: 0..<100, using: &random) < gates {
                program.gates = [Gate(text: "tcp://a:1", kind: .probe(.tcp(host: "a", port: 1)))]
                program.readyTimeout = readyTimeout
            }
            let candidates = Set((0..<4).map { _ in Int.random(in: 0...index, using: &random) })
            for first in candidates.sorted() where first < index {
                var conditions = words.randomElement(using: &random) ?? .running
                if Bool.random(using: &random) {
                    conditions.formUnion(words.randomElement(using: &random) ?? .running)
                }
                let isOptional = Int.random(in: 0..<5, using: &random) == 0
                var parent = first
                if Int.random(in: 0..<3, using: &random) == 0 {
                    parent = count + others.count
                    let members = Set([first, Int.random(in: 0..<index, using: &random)]).sorted()
                    others.append(
                        Bool.random(using: &random)
                            ? StartupParent(
                                name: "p\(first):one",
                                programs: [first],
                                processes: [numbers[first].randomElement(using: &random) ?? 0]
                            )
                            : StartupParent(
                                name: "group:*",
                                programs: members,
                                processes: members.flatMap { numbers[$0] }
                            )
                    )
                }
                program.waits.append(.init(parent: parent, conditions: conditions, isOptional: isOptional))
            }
            let beginning = numbers.last?.upperBound ?? 0
            numbers.append(beginning..<(beginning + program.processes.count))
            return program
        }
        return StartupPlan(programs, others)
    }

    private static let sizes: [(count: Int, seeds: Range<UInt64>)] = [
        (3, 0..<60), (12, 60..<120), (60, 120..<140), (1_000, 140..<141),
    ]
    private static let cases = sizes.flatMap { size in size.seeds.map { (count: size.count, seed: $0) } }
    private static let largest = (count: 10_000, seed: UInt64(140))
    private static let casesOfEveryPolicy = cases.flatMap { size in
        FailurePolicy.allCases.map { (size: size, policy: $0) }
    }

    /// Everything that can go wrong at once.
    private func faults(_ count: Int) -> StartupSimulation.Faults {
        .init(failures: 5, refusals: 3, unconfirmed: 3, losses: 10, restarts: restarts(count), unknown: 3)
    }

    /// A restart takes longer the more programs there are, so that of larger graphs there are fewer for each event.
    private func restarts(_ count: Int) -> Int {
        min(2000, 40_000 / count)
    }

    @Test(arguments: casesOfEveryPolicy + [(largest, .wait)])
    func everyProgramStartsOnceAndInOrderWhateverIsLostOrRepeated(
        size: (count: Int, seed: UInt64),
        policy: FailurePolicy
    ) async {
        let (count, seed) = size
        let plan = Self.plan(count: count, seed: seed, [.started, .running, .exited, .completed])
        var simulation = StartupSimulation(
            plan,
            .init(unconfirmed: 5, losses: 10, restarts: restarts(count), unknown: 5, updates: count > 100 ? 1 : 20),
            policy: policy,
            seed: seed
        )
        await simulation.run()
        #expect(simulation.end == nil)
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        // Whoever waits for a process that is just being replaced is told that it was stopped.
        #expect(simulation.named.subtracting(simulation.replaced).isEmpty)
        let missing = plan.programs.indices.filter { index in
            !plan.programs[index].processIndices.allSatisfy { simulation.isStarted($0) }
        }
        #expect(missing.isEmpty)
    }

    @Test(arguments: cases + [largest])
    func dependentsOfFailedProgramsDoNotStartAndTheReasonIsNamed(count: Int, seed: UInt64) async {
        let plan = Self.plan(count: count, seed: seed, [.started, .running, .exited, .completed, .backoff, .fatal])
        var faults = faults(count)
        faults.stops = 3
        var simulation = StartupSimulation(plan, faults, seed: seed)
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        for program in plan.programs where simulation.saidToWait.contains(program.name) {
            let isStarted = program.processIndices.contains { simulation.isStarted($0) }
            #expect(!isStarted, "\(program.name) was said not to be started")
        }
        // A program that is not started waits for one whose failure was named, or for one that does so itself.
        var isExplained: [Bool] = []
        for program in plan.programs {
            let isDone = program.processIndices.allSatisfy { simulation.isStarted($0) || simulation.isNamed($0) }
            let parents = program.dependencies.filter { !$0.isOptional }.flatMap { plan[parent: $0].processes }
            let reasons = parents.filter { simulation.isNamed($0) }
            let waits = program.dependencies.contains { dependency in
                plan[parent: dependency].programs.contains { $0 < isExplained.count && isExplained[$0] }
            }
            isExplained.append(!isDone && (!reasons.isEmpty || waits))
            #expect(isDone || isExplained[isExplained.count - 1], "\(program.name) waits in silence")
        }
    }

    @Test(arguments: cases)
    func nothingStartsBeforeTheGatesOfWhatItWaitsForHavePassed(count: Int, seed: UInt64) async {
        let plan = Self.plan(count: count, seed: seed, [.started, .running], gates: 60)
        let faults = StartupSimulation.Faults(unconfirmed: 5, losses: 10, restarts: restarts(count), unknown: 5)
        var simulation = StartupSimulation(plan, faults, seed: seed)
        simulation.neverEnds = true
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(plan.programs.indices.filter { !simulation.isDone($0) }.isEmpty)
    }

    // Attempts go on for ever, so that large graphs take too long.
    @Test(arguments: casesOfEveryPolicy.filter { $0.size.count < 100 && $0.size.seed.isMultiple(of: 2) })
    func aGateThatStaysShutIsNamedAndThePolicyFollows(size: (count: Int, seed: UInt64), policy: FailurePolicy) async {
        let (count, seed) = size
        let plan = Self.plan(count: count, seed: seed, [.started, .running], gates: 60, readyTimeout: .seconds(2))
        let faults = StartupSimulation.Faults(restarts: restarts(count), shutGates: 20)
        var simulation = StartupSimulation(plan, faults, policy: policy, seed: seed)
        simulation.neverEnds = true
        simulation.horizon = simulation.now + .seconds(100)
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        let undone = plan.programs.indices.filter { !simulation.isDone($0) }
        switch policy {
        case .continue: #expect(undone.isEmpty && simulation.end == nil)
        case .exit: #expect((simulation.end == nil) == undone.isEmpty)
        case .wait: #expect(undone.isEmpty == simulation.named.isEmpty)
        }
    }

    @Test(arguments: cases)
    func continuePolicyStartsEverythingWhateverFails(count: Int, seed: UInt64) async {
        let plan = Self.plan(count: count, seed: seed, [.started, .running, .exited, .completed, .backoff, .fatal])
        var simulation = StartupSimulation(plan, faults(count), policy: .continue, seed: seed)
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.end == nil)
        #expect(plan.programs.indices.filter { !simulation.isDone($0) }.isEmpty)
    }

    @Test(arguments: cases)
    func supervisordIsEndedWhereThatIsThePolicyAndSomebodyWaitsForWhatFailed(count: Int, seed: UInt64) async {
        let plan = Self.plan(count: count, seed: seed, [.started, .running, .exited, .completed, .backoff, .fatal])
        var simulation = StartupSimulation(plan, faults(count), policy: .exit, seed: seed)
        await simulation.run()
        // Among the violations is a failure that is named and did not happen.
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        let isAllDone = plan.programs.indices.allSatisfy { simulation.isDone($0) }
        #expect((simulation.end == nil) == isAllDone)
        if let end = simulation.end {
            #expect(!simulation.named.isEmpty, "\(end)")
            #expect(end.contains("; not started: "), "\(end)")
        }
    }

    @Test(arguments: casesOfEveryPolicy)
    func timeoutAppliesThePolicyWhateverHangs(size: (count: Int, seed: UInt64), policy: FailurePolicy) async {
        let (count, seed) = size
        let plan = Self.plan(count: count, seed: seed, [.started, .running, .exited, .completed])
        let faults = StartupSimulation.Faults(losses: 10, restarts: restarts(count), hangs: 10)
        // Half of them have time enough for everything but what hangs.
        let timeout = Duration.milliseconds(seed.isMultiple(of: 2) ? 2 * count : 1_000_000)
        var simulation = StartupSimulation(plan, faults, policy: policy, timeout: timeout, seed: seed)
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.named.isEmpty)
        let isAllDone = plan.programs.indices.allSatisfy { simulation.isDone($0) }
        #expect((simulation.end != nil) == (simulation.isOverdue && policy == .exit))
        #expect(isAllDone || simulation.isOverdue)
        #expect(policy != .continue || isAllDone)
    }
}
