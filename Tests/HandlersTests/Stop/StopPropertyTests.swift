import ListenerKit
import Testing

@testable import Handlers

/// Whatever happens, the reducer keeps the order, wastes no time and comes to an end.
@Suite struct StopPropertyTests {
    private static let sizes: [(count: Int, seeds: Range<UInt64>)] = [
        (1, 0..<5), (3, 5..<35), (12, 35..<55), (50, 55..<60),
    ]
    private static let cases = sizes.flatMap { size in size.seeds.map { (count: size.count, seed: $0) } }

    private func simulation(_ count: Int, _ seed: UInt64, _ faults: StopSimulation.Faults) throws -> StopSimulation {
        // Every third graph has cycles.
        let graph = try StopGraph(count: count, seed: seed, hasCycles: seed.isMultiple(of: 3))
        return StopSimulation(graph, faults, seed: seed + 1000)
    }

    @Test(arguments: cases)
    func theStopTakesNoLongerThanTheLongestChain(count: Int, seed: UInt64) async throws {
        var simulation = try simulation(count, seed, .init())
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        // A look, its answer, and the calls for all processes.
        let cycle = StopSimulation.interval.longest + .milliseconds(6) + .microseconds(50 * simulation.processes.count)
        var durations: [Duration] = []
        for (index, process) in simulation.processes.enumerated() {
            let beginning = try #require(process.stopBeginning)
            let end = try #require(process.end)
            durations.append(beginning.duration(to: end))
            let before = simulation.graph.before[index].compactMap { simulation.processes[$0].end }
            if let last = before.max() {
                #expect(last < beginning && beginning <= last + cycle, "\(process.name) is not stopped when it can be")
            }
        }
        let steps = simulation.graph.plan.steps.count
        let chain = simulation.graph.duration(of: durations)
        let duration = try #require(simulation.duration)
        #expect(chain < duration && duration <= chain + cycle * (steps + 1))
    }

    @Test(arguments: cases)
    func everythingStopsInOrderWhateverHappens(count: Int, seed: UInt64) async throws {
        var simulation = try simulation(
            count,
            seed,
            .init(crashes: 20, starts: count, refusals: 10, survivors: 5, unstoppable: 3, others: 40)
        )
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.duration != nil)
    }

    @Test(arguments: cases)
    func lateAnswersChangeNothing(count: Int, seed: UInt64) async throws {
        var simulation = try simulation(
            count,
            seed,
            .init(crashes: 20, starts: count, others: 40, lateness: .milliseconds(900))
        )
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.duration != nil)
    }

    @Test(arguments: cases)
    func whatSurvivesIsGivenUpOnce(count: Int, seed: UInt64) async throws {
        var simulation = try simulation(count, seed, .init(survivors: 30))
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        #expect(simulation.duration != nil)
        let survivors = simulation.processes.filter { $0.survives }
        #expect(Set(simulation.givenUp) == Set(survivors.compactMap { $0.pid }))
        #expect(simulation.processes.allSatisfy { $0.survives || !$0.isUp })
    }

    @Test(arguments: cases)
    func inAHurryEverythingStopsAtOnce(count: Int, seed: UInt64) async throws {
        var simulation = try simulation(count, seed, .init(hurry: true))
        await simulation.run()
        #expect(simulation.violations.isEmpty, "\(simulation.violations.prefix(3))")
        let duration = try #require(simulation.duration)
        if let hurry = simulation.hurryTime {
            // The longest stopwaitsecs, and the second that supervisord may be late.
            #expect(hurry.duration(to: simulation.now) < .seconds(3 + 1) + .milliseconds(100))
        }
        #expect(duration > .zero)
    }
}
