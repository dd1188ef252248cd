import ExecutableTesting

@testable import listenerd

extension StartupTimeline {
    /// A startup as most are: something that exits, something with gates, and what waits for them.
    static let usual = StartupTimeline(
        bars: [
            Bar("migrate", 0.02, 0.03, exited: 2.91, .completed),
            Bar("redis", 0.03, 1.05, ready: 1.4),
            Bar(
                "database",
                after: [wait(0, "completed", 2.91)],
                2.92,
                3.93,
                ready: 7.3,
                restarts: 2
            ),
            Bar(
                "api",
                after: [wait(1, "ready", 1.4), wait(2, "ready", 7.3)],
                7.31,
                9.32
            ),
            Bar("web", after: [wait(3, "running", 9.32)], 9.33, 10.34, ready: 12.41),
        ],
        total: 12.41,
        criticalChain: [0, 2, 3, 4]
    )

    /// A startup with everything that can go wrong, and names that need care.
    static let troubled = StartupTimeline(
        bars: [
            Bar("<script>\"&amp;\"</script>", 0, 0, exited: 0, .completed),
            Bar("שרת-ראשי", 0, 12, ready: 40),
            Bar(
                "bell\u{7}\u{1B}[31m\u{202E}\n\u{FFFF}",
                after: [wait(1, "ready", 40)],
                40.2,
                52,
                exited: 2000,
                .failed("exited unexpectedly with status 3"),
                restarts: 4,
                failures: 5
            ),
            Bar(
                "👩‍👩‍👧‍👦🚀" + String(repeating: "🚀", count: 30),
                after: [wait(1, "ready", 40)],
                41,
                43,
                ready: .some(nil),
                exited: 4000,
                .failed("a gate has not passed: " + String(repeating: "HTTP 503 ", count: 30)),
                failures: 1
            ),
            Bar(
                "group-of-a-company:" + String(repeating: "worker_", count: 20) + "0001",
                101,
                nil,
                .unfinished("STARTING")
            ),
            Bar(
                "数据库",
                after: [wait(4, "ready", nil)],
                nil,
                nil,
                .unfinished("waiting for <a> & others to be running")
            ),
            Bar(
                "late",
                after: [wait(3, "ready", nil), wait(2, "running", 52)],
                nil,
                nil,
                .failed("never started")
            ),
            Bar(
                "z" + String(repeating: "\u{301}", count: 3000),
                after: [wait(6, "ready", nil)],
                nil,
                nil,
                .unfinished("")
            ),
        ],
        total: 7300,
        criticalChain: [1, 2]
    )

    /// A startup whose numbers no log should have.
    static let absurd = StartupTimeline(
        bars: [
            Bar(
                "nan",
                after: [wait(0, "running", 0), wait(99, "ready", 1)],
                .nan,
                .infinity
            ),
            Bar(
                "back",
                after: [wait(-1, "running", nil), wait(2, "running", -5)],
                9,
                4,
                ready: 2,
                exited: 1,
                .completed,
                restarts: .max,
                failures: .max
            ),
            Bar("", -1e300, 1e300, restarts: .max),
        ],
        total: 1e300,
        criticalChain: [7, 1, 1, 0, -3]
    )

    /// Returns a startup of programs that wait for others at random.
    ///
    /// - Parameters:
    ///   - count: How many processes there are.
    ///   - seed: Another one makes another startup.
    ///   - waits: How many others a process waits for at most.
    ///   - seconds: How long a process takes at most.
    ///   - failing: One of how many fails; nil for none.
    /// - Returns: A startup that could be.
    static func random(
        _ count: Int,
        seed: UInt64,
        waits: Int = 3,
        seconds: Double = 3,
        failing: Int? = 30
    ) -> StartupTimeline {
        var generator = SeededGenerator(state: seed)
        var bars: [Bar] = []
        for index in 0..<count {
            let parents =
                index < 4
                ? []
                : (0..<Int.random(in: 0...waits, using: &generator)).map { _ in
                    Int.random(in: max(0, index - 20)..<index, using: &generator)
                }
            let met = Set(parents).sorted().map { parent in
                wait(parent, "ready", bars[parent].exited ?? bars[parent].ready)
            }
            let isFailed = failing.map { Int.random(in: 0..<$0, using: &generator) == 0 } ?? false
            bars.append(Bar(random: "group:worker_\(index)", met, seconds, isFailed: isFailed, using: &generator))
        }
        return sorted(bars)
    }

    /// Puts bars in the order of their starts, and finds the slowest chain.
    private static func sorted(_ bars: [Bar]) -> StartupTimeline {
        let order = bars.indices.sorted { (bars[$0].started ?? .infinity, $0) < (bars[$1].started ?? .infinity, $1) }
        var positions: [Int: Int] = [:]
        for (position, index) in order.enumerated() {
            positions[index] = position
        }
        let sorted = order.map { index in
            let bar = bars[index]
            let waits = bar.waits.map { wait in
                Bar.Wait(bar: positions[wait.bar] ?? 0, condition: wait.condition, time: wait.time)
            }
            return Bar(
                name: bar.name,
                waits: waits,
                started: bar.started,
                running: bar.running,
                ready: bar.ready,
                exited: bar.exited,
                outcome: bar.outcome,
                restarts: bar.restarts,
                failures: bar.failures
            )
        }
        var chain: [Int] = []
        var next = sorted.indices.max { (sorted[$0].ready ?? 0) < (sorted[$1].ready ?? 0) }
        while let index = next {
            chain.append(index)
            next = sorted[index].waits.max { ($0.time ?? 0) < ($1.time ?? 0) }?.bar
        }
        let total = sorted.compactMap { $0.exited ?? $0.ready }.max() ?? 0
        return StartupTimeline(bars: sorted, total: total, criticalChain: chain.reversed())
    }
}

extension StartupTimeline.Bar {
    /// Creates a bar; without another time, it is ready when it is running.
    init(
        _ name: String,
        after waits: [Wait] = [],
        _ started: Double?,
        _ running: Double?,
        ready: Double?? = nil,
        exited: Double? = nil,
        _ outcome: Outcome = .ready,
        restarts: Int = 0,
        failures: Int = 0
    ) {
        self.init(
            name: name,
            waits: waits,
            started: started,
            running: running,
            ready: ready ?? running,
            exited: exited,
            outcome: outcome,
            restarts: restarts,
            failures: failures
        )
    }

    fileprivate init(
        random name: String,
        _ waits: [Wait],
        _ seconds: Double,
        isFailed: Bool,
        using generator: inout SeededGenerator
    ) {
        guard waits.allSatisfy({ $0.time != nil }) else {
            self.init(name, after: waits, nil, nil, .unfinished("waiting for others"))
            return
        }
        let started = (waits.compactMap(\.time).max() ?? 0) + 0.008
        let running = started + (Bool.random(using: &generator) ? 0.003 : seconds / 3)
        let end = running + Double.random(in: 0...seconds, using: &generator)
        if isFailed {
            self.init(name, after: waits, started, nil, exited: end, .failed("FATAL"), failures: 4)
            return
        }
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: self.init(name, after: waits, started, running, exited: end, .completed)
        case 1: self.init(name, after: waits, started, running, ready: end, restarts: 1)
        default: self.init(name, after: waits, started, running)
        }
    }
}

/// Something that a process waited for.
private func wait(_ bar: Int, _ condition: String, _ time: Double?) -> StartupTimeline.Bar.Wait {
    StartupTimeline.Bar.Wait(bar: bar, condition: condition, time: time)
}
