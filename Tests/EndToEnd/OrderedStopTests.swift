import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// `supervise --ordered-startup` stops programs in the reverse of the order in which they start.
@Suite struct OrderedStopTests {
    private static let stop = StoppingProgram.command(seconds: "0.2")

    /// web depends on api, which depends on db.
    private static let chain =
        Sections.native("db", StoppingProgram.command()) + Sections.native("api", stop, after: "db")
        + Sections.native("web", stop, after: "api")
    private static let chainStops = ["web term", "web end", "api term", "api end", "db term", "db end"]

    @Test(arguments: SuperviseSignalTests.endings)
    func programsStopBeforeWhatTheyDependOn(signal: Int32, name: String) async throws {
        try await Supervise.runOrdered(Self.chain, up: 3) { supervise in
            supervise.send(signal)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == Self.chainStops, "\(supervise.logs)")
            #expect(supervise.log.inOrder("stopped: db", "received \(name) indicating exit request"))
            #expect(!supervise.errors.contains("warning") && !supervise.errors.contains("error"), "\(supervise.logs)")
        }
    }

    @Test(arguments: [
        (["--fatal-exit", "--fatal-exit-on", "exit"], "startsecs=0", Int32(7)),
        (["--fatal-exit"], "startsecs=600\nstartretries=0", 70),
    ])
    func programsStopInOrderAfterAFailureToo(arguments: [String], keys: String, status: Int32) async throws {
        let job = Sections.native(
            "job",
            "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done; exit 7'",
            after: "",
            keys
        )
        try await Supervise.runOrdered(Self.chain + job, up: 3, arguments: arguments) { supervise in
            try await supervise.wait(forStarts: 4)
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(status), "\(supervise.logs)")
            #expect(supervise.stops == Self.chainStops, "\(supervise.logs)")
        }
    }

    @Test func whatDoesNotDependOnEachOtherStopsAtTheSameTime() async throws {
        let names = ["a", "b", "c"]
        let programs = names.map { Sections.native($0, StoppingProgram.command(until: "go"), after: "base") }.joined()
        try await Supervise.runOrdered(programs + Sections.native("base", Self.stop), up: 4) { supervise in
            supervise.send(SIGTERM)
            for name in names {
                try await supervise.wait(forStopRecord: "\(name) term")
            }
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            for name in names {
                #expect(supervise.has("\(name) end", before: "base term"), "\(supervise.stops)")
            }
        }
    }

    @Test func programsOutsideTheGraphStopByPriority() async throws {
        let programs = [("low", 1), ("one", 5), ("two", 5), ("high", 9)].map { name, priority in
            Sections.program(name, Self.stop, "priority=\(priority)", "startsecs=0")
        }
        let graph = Sections.native("db", StoppingProgram.command(until: "go"))
        try await Supervise.runOrdered(programs.joined() + graph, up: 5) { supervise in
            supervise.send(SIGTERM)
            // Those of the graph do not hold them up.
            try await supervise.wait(forStopRecord: "low end")
            #expect(supervise.stops.contains("db term") && !supervise.stops.contains("db end"), "\(supervise.stops)")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            for (first, second) in [("high", "one"), ("high", "two"), ("one", "low"), ("two", "low")] {
                #expect(supervise.has("\(first) end", before: "\(second) term"), "\(supervise.stops)")
            }
            #expect(supervise.has("one term", before: "two end") && supervise.has("two term", before: "one end"))
        }
    }

    @Test func allProcessesOfProgramsAndGroupsAreWaitedFor() async throws {
        let programs =
            Sections.native("base", Self.stop)
            + Sections.native("many", Self.stop, after: "base", "numprocs=3", "process_name=many%(process_num)d")
            + Sections.native("a", Self.stop, after: "many") + Sections.native("b", Self.stop, after: "many")
            + "[group:g]\nprograms=a,b\n" + Sections.native("last", Self.stop, after: "g:*")
        try await Supervise.runOrdered(programs, up: 7) { supervise in
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            for name in ["a", "b"] {
                #expect(supervise.has("last end", before: "\(name) term"), "\(supervise.stops)")
                for number in 0..<3 {
                    #expect(supervise.has("\(name) end", before: "many\(number) term"), "\(supervise.stops)")
                    #expect(supervise.has("many\(number) end", before: "base term"), "\(supervise.stops)")
                }
            }
        }
    }

    @Test func anotherSignalStopsEverythingAtOnce() async throws {
        let programs =
            Sections.native("db", Self.stop)
            + Sections.native("web", StoppingProgram.command(until: "go"), after: "db", "stopwaitsecs=600")
        try await Supervise.runOrdered(programs, up: 2) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            supervise.send(SIGINT)
            try await supervise.wait(forStopRecord: "db end")
            let line = "info: SIGINT came while programs were being stopped; stopping all of them at once"
            #expect(supervise.errors.contains(line), "\(supervise.logs)")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test func aProgramThatKeepsRetryingOrStartingIsStoppedToo() async throws {
        let programs =
            Sections.program("bad", "/bin/false", "startretries=1000")
            + Sections.native("slow", Self.stop, after: "db", "startsecs=600")
            + Sections.native("gone", "/nonexistent/program", after: "db")
        try await Supervise.runOrdered(Self.chain + programs, up: 4) { supervise in
            try await supervise.wait(forLog: "spawned: 'bad'", times: 2)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.has("slow end", before: "db term"), "\(supervise.stops)")
            #expect(supervise.stops.filter { !$0.hasPrefix("slow") } == Self.chainStops, "\(supervise.logs)")
        }
    }

    @Test func signalsThatLetSupervisordReloadAreNotPassedOnMeanwhile() async throws {
        let web = Sections.native("web", StoppingProgram.command(until: "go"), after: "db", "stopwaitsecs=600")
        try await Supervise.runOrdered(web + Sections.native("db", Self.stop), up: 2) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            supervise.send(SIGHUP)
            supervise.send(SIGUSR2)
            try await supervise.wait(forLog: "received SIGUSR2")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == ["web term", "web end", "db term", "db end"], "\(supervise.logs)")
            #expect(!supervise.log.contains("received SIGHUP"), "\(supervise.logs)")
        }
    }

    @Test func theConfigurationAsItIsNowGivesTheOrder() async throws {
        let late = Sections.native("late", Self.stop, after: "web")
        try await Supervise.runOrdered(Sections.server + Self.chain, up: 3) { supervise in
            try supervise.folder.write(Sections.daemon + Sections.server + Self.chain + late, to: Supervise.base)
            _ = try await supervise.rpc.reloadConfig()
            try await supervise.rpc.addProcessGroup("late")
            try await supervise.wait(forStopRecord: "late up")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == ["late term", "late end"] + Self.chainStops, "\(supervise.logs)")
        }
    }

    @Test func withAFileThatCannotBeReadAnyMoreTheOrderOfTheStartCounts() async throws {
        try await Supervise.runOrdered(Self.chain, up: 3) { supervise in
            try supervise.folder.write("nonsense\n", to: Supervise.base)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == Self.chainStops, "\(supervise.logs)")
        }
    }

    @Test func whatSomebodyStartsMeanwhileIsStopped() async throws {
        let web = Sections.native("web", StoppingProgram.command(until: "go"), after: "db", "stopwaitsecs=600")
        let late = Sections.program("late", "sleep 600", "autostart=false")
        let programs = Sections.server + web + late + Sections.native("db", Self.stop)
        try await Supervise.runOrdered(programs, up: 2) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            try await supervise.rpc.startProcess("late", wait: false)
            try await supervise.wait(forLog: "stopped: late")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == ["web term", "web end", "db term", "db end"], "\(supervise.logs)")
        }
    }
}

extension Supervise {
    /// supervisord's RPC interface, at the socket of ``Sections/server``.
    var rpc: Supervisor {
        get throws {
            Supervisor(endpoint: try Endpoint("unix://\(folder.path(of: "socket"))"), timeout: waitTimeout)
        }
    }
}
