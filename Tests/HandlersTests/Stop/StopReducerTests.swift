import ListenerKit
import Testing

@testable import Handlers

/// What is stopped when, one look after the other.
@Suite struct StopReducerTests {
    /// `web` depends on `api`, which depends on the task `job`, which depends on `db`; `lone` has a low priority, `far` a lower one.
    private static let configuration = """
        [program:db]
        command=x
        stopwaitsecs=3
        [program:job]
        command=x
        autostart=false
        startafter=db
        [program:api]
        command=x
        autostart=false
        startafter=job:completed
        stopwaitsecs=1
        [program:web]
        command=x
        autostart=false
        startafter=api?
        stopwaitsecs=2
        numprocs=2
        process_name=%(program_name)s_%(process_num)d
        [program:lone]
        command=x
        priority=2
        [program:far]
        command=x
        priority=1
        [eventlistener:l]
        command=x
        events=TICK_5

        """

    /// A look: what supervisord answers after some seconds, and what is to be done.
    struct Look {
        let seconds: Double
        let answer: String
        let commands: [String]

        init(_ seconds: Double, _ answer: String, _ commands: String...) {
            self.seconds = seconds
            self.answer = answer
            self.commands = commands
        }
    }

    /// Applies looks, each of which names the processes, their states, and their pids if these are not 1: `db running/7`.
    private func expect(_ looks: [Look], hurriedAfter count: Int? = nil) throws {
        var reducer = StopReducer(try StopPlan.of(Self.configuration))
        let beginning = ContinuousClock.now
        for (index, look) in looks.enumerated() {
            if index == count {
                reducer.hurry()
            }
            let processes = look.answer.split(separator: ",").map { Self.process($0) }
            let commands = reducer.apply(processes, at: beginning + .seconds(look.seconds))
            #expect(commands.map { Self.text($0) } == look.commands, "\(look.seconds): \(look.answer)")
        }
    }

    private static func process(_ text: Substring) -> ProcessInformation {
        let words = text.split(separator: " ")
        let parts = words[1].split(separator: "/")
        let states: [ProcessState] = [.stopped, .starting, .running, .backoff, .stopping, .exited, .fatal, .unknown]
        let state = states.first { "\($0)".lowercased() == parts[0] } ?? .unknown
        let isUp = [.starting, .running, .stopping].contains(state)
        let pid = parts.count > 1 ? Int(parts[1]) : isUp ? 1 : nil
        return ProcessInformation(name: .of(String(words[0])), state: state, pid: pid)
    }

    private static func text(_ command: StopCommand) -> String {
        switch command {
        case .stop(let name): "stop \(name)"
        case .reportSurvivor(let name, let pid): "\(name) survives as \(pid ?? 0)"
        case .finish: "finish"
        }
    }

    static let stops: [[Look]] = [
        [.init(0, "", "finish"), .init(1, "db running")],
        // A listener is left alone, and it is not waited for.
        [.init(0, "l running, db stopped", "finish")],
        // One after the other; the task has exited long ago, and still keeps the order.
        [
            .init(
                0,
                "db running, job exited, api running, web:web_0 running, web:web_1 running",
                "stop web:web_0",
                "stop web:web_1"
            ),
            .init(0.1, "db running, job exited, api running, web:web_0 stopping, web:web_1 stopped"),
            .init(0.2, "db running, job exited, api running, web:web_0 stopped, web:web_1 stopped", "stop api"),
            .init(0.3, "db running, job exited, api stopping, web:web_0 stopped, web:web_1 stopped"),
            .init(0.4, "db running, job exited, api stopped, web:web_0 stopped, web:web_1 stopped", "stop db"),
            .init(0.5, "db stopping, job exited, api stopped, web:web_0 stopped, web:web_1 stopped"),
            .init(0.6, "db stopped, job exited, api stopped, web:web_0 stopped, web:web_1 stopped", "finish"),
            .init(0.7, "db running, job exited"),
        ],
        // What is down already changes nothing in the order of the rest.
        [
            .init(0, "db running, web:web_0 running", "stop web:web_0"),
            .init(0.1, "db running, web:web_0 stopped", "stop db"),
        ],
        [.init(0, "db running, api fatal, web:web_1 unknown", "stop db")],
        // Outside the order by priority, beside the rest.
        [
            .init(0, "db running, lone running, far running", "stop db", "stop lone"),
            .init(0.1, "db stopping, lone stopped, far running", "stop far"),
        ],
        // What the plan does not know is stopped at once, and waited for.
        [
            .init(0, "new running, db running, api running", "stop new", "stop api"),
            .init(0.1, "new stopping, db stopped, api stopped"),
            .init(0.2, "new stopped, db stopped, api stopped", "finish"),
        ],
        // STARTING and STOPPING hold up what depends on them; so does BACKOFF, which ends at once.
        [
            .init(0, "db running, api starting", "stop api"), .init(0.1, "db running, api stopping"),
            .init(0.2, "db running, api stopped", "stop db"),
        ],
        [.init(0, "db running, api stopping"), .init(0.1, "db running, api stopped", "stop db")],
        [.init(0, "db running, api backoff", "stop api"), .init(0.1, "db running, api stopped", "stop db")],
        // A dependency in BACKOFF is not started any more.
        [
            .init(0, "db backoff, api running", "stop db", "stop api"), .init(0.1, "db stopped, api stopping"),
            .init(0.2, "db stopped, api stopped", "finish"),
        ],
        // What has just exited may be started again before the next answer, but not after that.
        [
            .init(0, "db running, api running", "stop api"), .init(0.1, "db running, api exited"),
            .init(0.2, "db running, api running/2", "stop api"), .init(0.3, "db running, api exited"),
            .init(0.4, "db running, api exited", "stop db"), .init(0.5, "db exited, api exited"),
            .init(0.6, "db exited, api exited", "finish"),
        ],
        // A dependency that was started again is still stopped after what depends on it.
        [
            .init(0, "db running, api running", "stop api"), .init(0.1, "db running/2, api stopping"),
            .init(0.2, "db running/2, api stopped", "stop db"),
        ],
        // What an operator starts is stopped when it is its turn, and what it depends on waits for it again.
        [
            .init(0, "db running, api running", "stop api"), .init(0.1, "db running, api running/2", "stop api"),
            .init(0.2, "db running, api stopped, web:web_0 starting", "stop web:web_0"),
            .init(0.3, "db running, api running/3, web:web_0 stopping"),
            .init(0.4, "db running, api running/3, web:web_0 stopped", "stop api"),
            .init(0.5, "db running, api stopped, web:web_0 stopped", "stop db"),
            .init(0.6, "db stopped, api running/4", "stop api"), .init(0.7, "db stopped, api stopped", "finish"),
        ],
        // A call that had no effect is repeated after a second.
        [
            .init(0, "db running", "stop db"), .init(0.5, "db running"), .init(1, "db running", "stop db"),
            .init(1.5, "db running"), .init(2.1, "db stopping"), .init(3, "db stopped", "finish"),
        ],
        // stopwaitsecs and five seconds after it began to be STOPPING, it is given up, and the rest goes on.
        [
            .init(0, "db running, api running", "stop api"), .init(1, "db running, api stopping"),
            .init(6.9, "db running, api stopping"),
            .init(7, "db running, api stopping", "api survives as 1", "stop db"),
            .init(7.1, "db stopping, api stopping"), .init(7.2, "db stopped, api stopping", "finish"),
        ],
        // So is what supervisord does not stop, counted from the first call.
        [
            .init(0, "db running, api running", "stop api"), .init(3, "db running, api running", "stop api"),
            .init(5.9, "db running, api running", "stop api"),
            .init(6, "db running, api running", "api survives as 1", "stop db"),
            .init(8, "db stopped, api running", "finish"),
        ],
        [
            .init(0, "api backoff", "stop api"), .init(3, "api backoff", "stop api"),
            .init(6, "api backoff", "api survives as 0", "finish"),
        ],
        // Another process of the same name has its own time.
        [
            .init(0, "db running, api stopping"), .init(5, "db running, api stopping/2"),
            .init(7, "db running, api stopping/2"),
            .init(11, "db running, api stopping/2", "api survives as 2", "stop db"),
            .init(11.1, "db running, api running/3", "stop api"), .init(11.2, "db stopped, api stopped", "finish"),
        ],
        [
            .init(0, "new stopping"), .init(14.9, "new stopping"),
            .init(15, "new stopping", "new survives as 1", "finish"),
        ],
    ]

    @Test(arguments: stops)
    func everyLookSaysWhatIsToBeDone(looks: [Look]) throws {
        try expect(looks)
    }

    static let hurriedStops: [[Look]] = [
        // From the first look on.
        [
            .init(
                0,
                "db running, api running, far running, lone running",
                "stop db",
                "stop api",
                "stop far",
                "stop lone"
            ),
            .init(0.1, "db stopping, api stopping, far stopped, lone stopped"),
            .init(0.2, "db stopped, api stopped, far stopped, lone stopped", "finish"),
        ],
        // Survivors are given up all the same.
        [
            .init(0, "db running, api running", "stop db", "stop api"), .init(0.1, "db stopping, api stopping"),
            .init(6.2, "db stopped, api stopping", "api survives as 1", "finish"),
        ],
    ]

    @Test(arguments: hurriedStops)
    func inAHurryTheOrderIsGivenUp(looks: [Look]) throws {
        try expect(looks, hurriedAfter: 0)
    }

    @Test func aStopMayBeHurriedAtAnyTime() throws {
        try expect(
            [
                .init(0, "db running, api running", "stop api"), .init(0.1, "db running, api stopping", "stop db"),
                .init(0.2, "db stopping, api stopping"), .init(0.3, "db stopped, api stopped", "finish"),
            ],
            hurriedAfter: 1
        )
    }

    @Test func itSaysHowMuchIsLeft() throws {
        var reducer = StopReducer(try StopPlan.of(Self.configuration))
        #expect(reducer.initialCount == 0)
        let looks: [(String, remaining: [String])] = [
            (
                "db running, api starting, web:web_0 stopping, job exited, far backoff, l running",
                ["db", "api", "web:web_0", "job", "far"]
            ),
            (
                "db running, api stopping, web:web_0 stopped, job exited, far stopped, new running",
                ["db", "api", "new"]
            ),
            ("db stopped", []),
        ]
        for (answer, remaining) in looks {
            _ = reducer.apply(answer.split(separator: ",").map { Self.process($0) }, at: .now)
            #expect(reducer.remaining.map { $0.description } == remaining)
            #expect(reducer.initialCount == 3)
        }
    }
}
