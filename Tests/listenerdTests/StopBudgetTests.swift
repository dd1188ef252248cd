import ExecutableTesting
import ListenerKit
import Testing

@testable import listenerd

/// How long supervisord may take to stop everything.
@Suite struct StopBudgetTests {
    private static let listener = "[eventlistener:l]\ncommand=x\nevents=TICK_5\nstopwaitsecs=3\n"

    private static func program(_ name: String, _ keys: String...) -> String {
        "[program:\(name)]\ncommand=x\n\(keys.joined(separator: "\n"))\n"
    }

    private static let ab = program("a", "stopwaitsecs=1") + program("b", "stopwaitsecs=2")

    static let configurations = [
        ("", 0), (program("a"), 10), (program("a", "stopwaitsecs=0"), 0), (program("a", "stopwaitsecs=-5"), 0),
        (ab, 3), (ab + listener, 6), (ab + "[group:g]\nprograms=a,b\n", 2),
        (ab + "[group:g]\nprograms=a,b\n[group:h]\nprograms=a\n", 3),
        // Its processes are stopped at the same time.
        (program("a", "stopwaitsecs=4", "numprocs=3", "process_name=%(process_num)s"), 4),
        (program("a", "numprocs=0", "process_name=%(process_num)s"), 0),
        ("[fcgi-program:a]\ncommand=x\nsocket=tcp://localhost:1\nstopwaitsecs=4\n", 4),
        // More seconds than can be added up.
        (program("a", "stopwaitsecs=\(Int.max)") + program("b", "stopwaitsecs=\(Int.max)"), 366 * 24 * 60 * 60),
    ]

    @Test func theGroupsAreNamedInTheOrderOfTheirTimes() throws {
        let folder = try TestFolder()
        let third = Self.program("c", "stopwaitsecs=2")
        try folder.write("[supervisord]\n\(Self.ab)\(third)\(Self.listener)", to: "f")
        let budget = StopBudget(try SupervisorConfiguration(path: folder.path(of: "f")), isNudged: true)
        #expect(budget.groups.map { "\($0.name)=\($0.seconds)" } == ["l=3", "b=2", "c=2", "a=1"])
    }

    @Test(arguments: configurations)
    func groupsStopOneAfterTheOther(text: String, seconds: Int) throws {
        let folder = try TestFolder()
        try folder.write("[supervisord]\n\(text)", to: "f")
        let configuration = try SupervisorConfiguration(path: folder.path(of: "f"))
        let budget = StopBudget(configuration, isNudged: true)
        #expect(budget.seconds == seconds)
        #expect(budget.duration == .seconds(seconds + 10))
        let slow = StopBudget(configuration, isNudged: false)
        let groups = configuration.groups.count { !$0.processes.isEmpty }
        #expect(slow.seconds == min(seconds + 2 * groups, 366 * 24 * 60 * 60))
    }
}
