import ExecutableTesting
import Foundation
import Testing

/// What listeners do while `supervise` stops everything, and what becomes of the stop if they, or `supervise`, are killed.
@Suite struct OrderedStopListenerTests {
    private static let listener = "listenerd"
    /// Its gate passes once there is a file named `ready`.
    private static let gated = Sections.native(
        "db",
        "/bin/sh -c 'trap \"exit 0\" TERM; echo db up >>%(here)s/stops; until [ -e %(here)s/die ]; do sleep 0.05; done; exit 3'",
        after: "",
        "ready=file://%(here)s/ready"
    )
    /// Keeps the stop from going on until there is a file named `go`.
    private static let web = Sections.native(
        "web",
        StoppingProgram.command(until: "go"),
        after: "db:started",
        "stopwaitsecs=600"
    )
    private static let next = Sections.native("next", "sleep 600", after: "db")

    @Test(arguments: [false, true])
    func nothingIsStartedAnyMore(isListenerKilled: Bool) async throws {
        try await Supervise.runOrdered(Self.gated + Self.web + Self.next, up: 2) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            if isListenerKilled {
                supervise.send(SIGKILL, to: Self.listener)
                try await supervise.wait(forLog: "spawned: '\(Self.listener)'", times: 2)
            }
            try supervise.folder.write("", to: "ready")
            // The listener goes on, and would start the next one at once.
            try await supervise.wait(forLine: "db is ready after")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.started == ["db", "web"], "\(supervise.logs)")
        }
    }

    @Test func whatFailsMeanwhileIsNeitherReportedNorAReasonToEnd() async throws {
        let arguments = ["--fatal-exit", "--fatal-exit-on", "unexpected-exit,all-exited"]
        try await Supervise.runOrdered(Self.gated + Self.web + Self.next, up: 2, arguments: arguments) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            try supervise.folder.write("", to: "die")
            try await supervise.wait(forLog: "exited: db (exit status 3; not expected)")
            try supervise.folder.write("", to: "go")
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(!supervise.errors.contains("error") && !supervise.errors.contains("warning"), "\(supervise.logs)")
        }
    }

    @Test func aListenerThatHangsHoldsNothingUp() async throws {
        let programs = Sections.native("db", StoppingProgram.command())
        let web = Sections.native("web", StoppingProgram.command(), after: "db")
        try await Supervise.runOrdered(programs + web, up: 2, arguments: ["--log"]) { supervise in
            supervise.send(SIGSTOP, to: Self.listener)
            supervise.send(SIGTERM)
            // Even the end of supervisord waits for it only as long as its stopwaitsecs allows.
            try await supervise.wait(forLog: "received SIGTERM indicating exit request")
            supervise.send(SIGCONT, to: Self.listener)
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.stops == ["web term", "web end", "db term", "db end"], "\(supervise.logs)")
        }
    }

    @Test(arguments: [[], ["--fatal-exit"], ["--log"]])
    func nothingIsLeftIfSuperviseIsKilledMeanwhile(arguments: [String]) async throws {
        try await Supervise.runOrdered(Self.gated + Self.web + Self.next, up: 2, arguments: arguments) { supervise in
            supervise.send(SIGTERM)
            try await supervise.wait(forStopRecord: "web term")
            kill(supervise.pid, SIGKILL)
            let ending = try await supervise.waitForEnd()
            #expect(ending == .signal(SIGKILL), "\(supervise.logs)")
            try supervise.folder.write("", to: "go")
            try await ExecutableTesting.wait(for: "the end", diagnostics: { supervise.logs }) {
                supervise.survivors.isEmpty
            }
        }
    }

    /// Writes 200 lines when it is told to stop, and no newline at the end.
    private static let talker = """
        name=$SUPERVISOR_PROCESS_NAME
        talk() {
            i=0
            while [ $i -lt 200 ]; do
                i=$((i + 1))
                echo "$name says $i"
            done
            printf '%s' "$name is done"
            kill $child
            exit 0
        }
        trap talk TERM
        sleep 600 &
        child=$!
        echo "$name up" >>"$1/stops"
        wait

        """

    @Test(arguments: ["text", "json"])
    func noLastWordIsLost(format: String) async throws {
        let names = (0..<10).map { "talker\($0)" }
        let programs = names.map { name in
            Sections.native(name, "/bin/sh %(here)s/talker.sh %(here)s", after: name == names[0] ? "" : names[0])
        }
        try await Supervise.run(
            ["--ordered-startup", "--log", "--log-output", "--log-format", format],
            programs.joined(),
            files: ["talker.sh": Self.talker]
        ) { supervise in
            try await supervise.wait(for: "all programs") { supervise.records.count == names.count }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let words = supervise.errors.matches(of: /(talker[0-9]) says ([0-9]+)\b/).map { "\($0.1) \($0.2)" }
            for name in names {
                let own = words.filter { $0.hasPrefix("\(name) ") }
                #expect(own == (1...200).map { "\(name) \($0)" })
                #expect(supervise.errors.contains("\(name) is done"))
            }
            // What supervise asks its listener for is no news for anybody.
            #expect(!supervise.errors.contains("REMOTE_COMMUNICATION") && !supervise.errors.contains("missing"))
        }
    }
}
