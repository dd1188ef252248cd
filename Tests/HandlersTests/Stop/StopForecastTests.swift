import ListenerKit
import Testing

@testable import Handlers

/// The longest times that an ordered stop may take.
@Suite struct StopForecastTests {
    private static func program(
        _ name: String,
        _ seconds: Int,
        after parents: String? = nil,
        keys: String = ""
    )
        -> String
    {
        let start = parents.map { "autostart=false\nstartafter=\($0)\n" } ?? ""
        return "[program:\(name)]\ncommand=x\nstopwaitsecs=\(seconds)\n\(start)\(keys)\n"
    }

    private static func listener(_ name: String, _ seconds: Int) -> String {
        "[eventlistener:\(name)]\ncommand=x\nevents=TICK_5\nstopwaitsecs=\(seconds)\n"
    }

    static let stops: [(configuration: String, waves: [String], chain: String, seconds: Int)] = [
        ("", [], "", 0),
        (program("a", 0), ["a 0-0"], "a", 0),
        (program("a", 3) + program("b", 5), ["b 0-5, a 0-3"], "b", 5),
        (
            program("a", 3) + program("b", 5, after: "a") + program("c", 1, after: "a"),
            ["b 0-5, c 0-1", "a 5-8"], "b a", 8
        ),
        // The chain is shorter than the sum of the waves.
        (
            program("a", 1) + program("b", 9, after: "a") + program("c", 7) + program("d", 1, after: "c"),
            ["b 0-9, d 0-1", "c 1-8, a 9-10"], "b a", 10
        ),
        // A slow program in an early wave, a shorter chain in later ones.
        (
            program("a", 1) + program("b", 1, after: "a") + program("c", 1, after: "b") + program("d", 9),
            ["d 0-9, c 0-1", "b 1-2", "a 2-3"], "d", 9
        ),
        (
            program("a", 4) + listener("l", 2) + listener("m", 1), ["a 0-4", "m 4-5", "l 5-7"], "a m l", 7
        ),
        (listener("l", 2), ["l 0-2"], "l", 2),
        (
            program("a", 2) + program("b", 3) + program("c", 4, after: "a") + listener("l", 1),
            ["c 0-4, b 0-3", "a 4-6", "l 6-7"], "c a l", 7
        ),
        // By priority, beside the order.
        (
            program("a", 2, keys: "priority=1") + program("b", 3, keys: "priority=2") + program("c", 4, after: ""),
            ["c 0-4, b 0-3", "a 3-5"], "b a", 5
        ),
        // A group is waited for.
        (
            program("a", 2) + program("b", 3) + program("c", 4, after: "g:*") + program("d", 1, after: "g:*")
                + "[group:g]\nprograms=a,b\n",
            ["c 0-4, d 0-1", "b 4-7, a 4-6"], "c b", 7
        ),
        // Programs that wait for each other stop at the same time.
        (
            program("a", 2, after: "b") + program("b", 3, after: "a") + program("c", 1, after: "b"),
            ["c 0-1", "b 1-4, a 1-3"], "c b", 4
        ),
        // More than can be added up.
        (
            program("a", Int.max) + program("b", Int.max, after: "a"),
            ["b 0-31622400", "a 31622400-31622400"], "b", 366 * 24 * 60 * 60
        ),
    ]

    @Test(arguments: stops)
    func eachWaveBeginsAfterTheOneBefore(
        stop: (configuration: String, waves: [String], chain: String, seconds: Int)
    ) throws {
        let plan = try StopPlan.of(stop.configuration)
        let forecast = StopForecast(plan)
        let steps = forecast.steps
        let waves = forecast.waves.map { wave in
            wave.map { index in
                let beginning = steps[index].predecessors.map { forecast.ends[$0] }.max() ?? 0
                return "\(steps[index].program ?? "") \(beginning)-\(forecast.ends[index])"
            }
            .joined(separator: ", ")
        }
        #expect(waves == stop.waves)
        #expect(forecast.longestChain.map { steps[$0].program ?? "" }.joined(separator: " ") == stop.chain)
        #expect(forecast.seconds == stop.seconds)
        #expect(plan.seconds == stop.seconds)
    }

    /// Waves, which are stopped one after the other, can only take longer.
    @Test(arguments: 0..<50 as Range<UInt64>)
    func theSumOfTheWavesIsNoShorterThanTheChain(seed: UInt64) throws {
        let graph = try StopGraph(count: 30, seed: seed, hasCycles: !seed.isMultiple(of: 2))
        let plan = graph.plan
        let forecast = StopForecast(plan)
        let sum = forecast.waves.reduce(0) { $0 + ($1.map { forecast.steps[$0].seconds }.max() ?? 0) }
        #expect(sum >= forecast.seconds)
        #expect(forecast.longestChain.reduce(0) { $0 + forecast.steps[$1].seconds } == forecast.seconds)
        for (earlier, later) in zip(forecast.longestChain, forecast.longestChain.dropFirst()) {
            #expect(forecast.ends[earlier] + forecast.steps[later].seconds == forecast.ends[later])
        }
        // Each program and listener is in one wave, after what must be over before.
        #expect(forecast.waves.joined().sorted() == forecast.steps.indices.filter { forecast.steps[$0].program != nil })
        var levels: [Int: Int] = [:]
        for (level, wave) in forecast.waves.enumerated() {
            wave.forEach { levels[$0] = level }
        }
        for (index, step) in forecast.steps.enumerated() {
            let before = step.predecessors.compactMap { levels[$0] }.max() ?? -1
            #expect(levels[index].map { $0 > before } ?? true)
        }
    }
}
