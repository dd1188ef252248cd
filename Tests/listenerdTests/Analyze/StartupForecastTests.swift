import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

@Suite struct StartupForecastTests {
    private static var log: SampleLog {
        get throws {
            var log = SampleLog()
            try log.begin(
                SampleLog.program("db", after: "", "ready=tcp://db:1") + SampleLog.program("job", after: "db")
                    + SampleLog.program("web", after: "job:completed db")
            )
            log.start("db", at: 0.1, runningAt: 1.1)
            log.becomeReady("db", at: 2)
            log.start("job", at: 2.05, runningAt: 3.05)
            log.exit("job", at: 5)
            log.start("web", at: 5.05, runningAt: 6.05)
            return log
        }
    }

    private static func total(without: [String] = [], ready: [String] = []) throws -> Double {
        let startup = try log.startup
        let forecast = try StartupForecast(
            startup,
            without: without.compactMap { DependencyName(optionText: $0) },
            durations: ready.compactMap { ProgramDuration(optionText: $0) }
        )
        return (forecast.startup.total * 1000).rounded() / 1000
    }

    @Test(
        arguments: [
            ([], [], 6.05),
            // Nobody waits for the end of job any more.
            (["job→web"], [], 3.05),
            (["job->web", "db->web"], [], 3.05),
            // A dependency that was met long before something else decides nothing.
            (["db->web"], [], 6.05),
            (["db->job"], [], 4.15),
            ([], ["db=0.5"], 4.65),
            ([], ["job=10"], 13.1),
            ([], ["job=0"], 3.1),
            (["job->web"], ["web=7"], 9.05),
            ([], ["web=0.25"], 5.3),
        ] as [([String], [String], Double)]
    )
    func eachProcessKeepsItsOwnTime(without: [String], ready: [String], total: Double) throws {
        #expect(try Self.total(without: without, ready: ready) == total)
    }

    @Test func whatIsOnItsWayWhenTheLogEndsHasTakenAsLongAsItHasBeen() throws {
        var log = SampleLog()
        try log.begin(SampleLog.program("job") + SampleLog.program("web", after: "job:completed"))
        log.start("job", at: 0.1, runningAt: 1.1)
        log.exit("job", at: 3)
        log.start("web", at: 3.1)
        log.add("LISTENERD", at: 3.6, #","message":"x""#)
        let measured = try log.startup
        let name = try #require(DependencyName(optionText: "job->web"))
        let forecast = try StartupForecast(measured, without: [name]).startup
        #expect(measured.total == 3.6)
        // Nobody waits for the end of job any more.
        #expect((forecast.total * 1000).rounded() == 1100)
    }

    @Test(
        arguments: [
            (["x->web"], [], "web does not wait for 'x'; it waits for: job, db"),
            (["x->db"], [], "db does not wait for 'x'; it waits for nothing"),
            (["db->wev"], [], "no program of the log's plan is called 'wev'; did you mean 'web'?"),
            ([], ["wev=1"], "no program of the log is called 'wev'; did you mean 'web'?"),
        ] as [([String], [String], String)]
    )
    func whatDoesNotExistIsNamed(without: [String], ready: [String], message: String) {
        #expect(throws: UsageError.other(message)) { try Self.total(without: without, ready: ready) }
    }

    @Test(arguments: [
        ("a->b", "a", "b"), ("a→b", "a", "b"), ("g:*->web:web_0", "g:*", "web:web_0"), ("a-b->c", "a-b", "c"),
    ])
    func aDependencyIsWrittenWithAnArrow(text: String, parent: String, child: String) throws {
        let name = try #require(DependencyName(optionText: text))
        #expect((name.parent, name.child) == (parent, child))
        #expect(DependencyName(optionText: name.optionText) == name)
    }

    @Test(arguments: ["", "a", "->", "a->", "->b", "a-b", "→"])
    func anythingElseIsNoDependency(text: String) {
        #expect(DependencyName(optionText: text) == nil)
    }

    @Test(arguments: [("a=1", "a", 1), ("a=0.5", "a", 0.5), ("g:*=0", "g:*", 0), ("a=b=2", "a=b", 2)])
    func aDurationIsWrittenWithItsName(text: String, name: String, seconds: Double) throws {
        let duration = try #require(ProgramDuration(optionText: text))
        #expect((duration.name, duration.seconds) == (name, seconds))
        #expect(ProgramDuration(optionText: duration.optionText) == duration)
    }

    @Test(arguments: ["", "a", "a=", "=1", "a=-1", "a=x", "a=nan", "a=1e999"])
    func anythingElseIsNoDuration(text: String) {
        #expect(ProgramDuration(optionText: text) == nil)
    }

    @Test(arguments: 0..<300)
    func aRandomStartupTakesAsLongAsItDoesWithoutTheDependency(seed: Int) throws {
        var random = SeededGenerator(state: UInt64(seed))
        let graph = RandomStartup(&random)
        guard let removed = graph.dependencies.randomElement(using: &random) else {
            return
        }
        let measured = try graph.log().startup
        let expected = try graph.log(without: removed).startup.total
        let name = try #require(DependencyName(optionText: "\(removed.parent)->\(removed.child)"))
        let forecast = try StartupForecast(measured, without: [name]).startup.total
        // Each time in a log is rounded.
        #expect(abs(forecast - expected) < 0.02, "\(forecast) instead of \(expected) without \(removed)")
    }
}
