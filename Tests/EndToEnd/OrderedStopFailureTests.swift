import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// What becomes of an ordered stop if supervisord, programs or people do not play along.
@Suite struct OrderedStopFailureTests {
    private static let db = Sections.native("db", StoppingProgram.command())
    private static let fallback =
        "programs do not stop in the reverse of their order, but one group after the other, as supervisord stops them"

    /// Stops once a file named `go` exists in the folder.
    private static let web = Sections.native(
        "web",
        StoppingProgram.command(until: "go"),
        after: "db",
        "stopwaitsecs=600"
    )

    @Test func whatIsLeftIsKilledAfterTheTimeout() async throws {
        let deaf = "/bin/sh -c 'trap \"\" TERM; echo %(program_name)s up >>%(here)s/stops; sleep 600 & exec sleep 600'"
        let names = ["deaf0", "deaf1"]
        let programs = names.map { Sections.native($0, deaf, after: "", "stopwaitsecs=600") }.joined()
        let web = Sections.native("web", StoppingProgram.command(), after: names.joined(separator: " "))
        try await Supervise.runOrdered(programs + web, up: 3, arguments: ["--stop-timeout", "1"]) { supervise in
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let line = """
                listenerd: error: programs did not stop within 1 s of SIGTERM, the time that --stop-timeout allows; killing \
                what still runs: deaf0, deaf1

                """
            #expect(supervise.errors.contains(line), "\(supervise.logs)")
            #expect(supervise.stops == ["web term", "web end"])
        }
    }

    @Test func theTimeoutCountsWithoutAnOrderToo() async throws {
        let deaf = "/bin/sh -c 'trap \"\" TERM; echo up >%(here)s/up; exec sleep 600'"
        let arguments = ["--stop-timeout=0.5"]
        try await Supervise.run(arguments, Sections.program("deaf", deaf, "stopwaitsecs=600")) { supervise in
            try await supervise.wait(forFile: "up")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("within 0.5 s of SIGTERM"), "\(supervise.logs)")
            #expect(supervise.errors.contains("killing what still runs: deaf\n"), "\(supervise.logs)")
        }
    }

    @Test func aSupervisordThatHangsIsKilledAfterTheTimeout() async throws {
        try await Supervise.runOrdered(Self.db + Self.web, up: 2, arguments: ["--stop-timeout", "2"]) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            kill(try #require(try supervise.supervisord), SIGSTOP)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("killing what still runs: db, web\n"), "\(supervise.logs)")
        }
    }

    @Test func nothingIsLeftIfSupervisordIsKilledMeanwhile() async throws {
        try await Supervise.runOrdered(Self.db + Self.web, up: 2, arguments: ["--stop-timeout", "5"]) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            kill(try #require(try supervise.supervisord), SIGKILL)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(128 + SIGKILL), "\(supervise.logs)")
            #expect(supervise.errors.contains("supervisord was killed by SIGKILL"), "\(supervise.logs)")
            #expect(!supervise.errors.contains(Self.fallback), "\(supervise.logs)")
        }
    }

    @Test(arguments: [true, false])
    func aSupervisordThatSomebodyElseShutsDownOrReloadsStopsItsProgramsItself(reloads: Bool) async throws {
        try await Supervise.runOrdered(Sections.server + Self.db + Self.web, up: 2) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            if reloads {
                try await supervise.rpc.restart()
            } else {
                try await supervise.rpc.shutdown()
            }
            try await supervise.wait(forLine: Self.fallback)
            #expect(supervise.errors.contains("is shutting down or restarting"), "\(supervise.logs)")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test func withoutASocketSupervisordStopsItsProgramsItself() async throws {
        let last = Sections.native("last", StoppingProgram.command(), after: "db")
        try await Supervise.runOrdered(Sections.server + Self.db + last, up: 2) { supervise in
            try FileManager.default.removeItem(atPath: supervise.folder.path(of: "socket"))
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("cannot reach supervisord at"), "\(supervise.logs)")
            #expect(supervise.errors.contains(Self.fallback), "\(supervise.logs)")
            #expect(supervise.stops.count == 4, "\(supervise.logs)")
        }
    }

    @Test func withAnotherPasswordSupervisordStopsItsProgramsItself() async throws {
        let last = Sections.native("last", StoppingProgram.command(), after: "db")
        let server = { (password: String) in Sections.server + "username=u\npassword=\(password)\n" }
        try await Supervise.runOrdered(server("old") + Self.db + last, up: 2) { supervise in
            try supervise.folder.write(Sections.daemon + server("new") + Self.db + last, to: Supervise.base)
            supervise.send(SIGHUP)
            try await supervise.wait(for: "the reload") { supervise.records.count { $0 == "last up" } == 2 }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("rejected the user name and password"), "\(supervise.logs)")
            #expect(supervise.errors.contains(Self.fallback), "\(supervise.logs)")
        }
    }
}
