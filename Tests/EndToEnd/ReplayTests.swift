import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// `listenerd replay`: what a real run has recorded is decided again in the same way.
@Suite struct ReplayTests {
    /// The log of the listener, in the folder of its supervisord.
    private static let log = "log.json"

    /// Some runs for every day; more are asked for by a variable of the environment.
    private static let seeds = Array(
        0..<(ProcessInfo.processInfo.environment["LISTENERD_REPLAYS"].flatMap { UInt64($0) } ?? 4)
    )

    private static func listener(_ arguments: String, _ keys: String...) -> String {
        Sections.listener("\(arguments) --log --log-format json --log-file %(here)s/\(log)", "buffer_size=1000")
            + "events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,PROCESS_LOG\n"
            + keys.joined(separator: "\n") + "\n"
    }

    /// Replays the log of a supervisord.
    private func replay(
        _ supervisord: Supervisord,
        _ arguments: String...
    ) async throws -> (end: RunningProgram.Ending, text: String) {
        let replaying = try RunningProgram(
            TestedExecutable.listenerd,
            ["replay", supervisord.folder.path(of: Self.log)] + arguments,
            output: supervisord.folder.path(of: "replay.txt"),
            errors: supervisord.folder.path(of: "replay.errors")
        )
        let end = try await replaying.waitForEnd()
        return (end, supervisord.folder.text(of: "replay.txt") + supervisord.folder.text(of: "replay.errors"))
    }

    /// Programs that wait for each other, with gates, tasks, and failures; a line that is lost opens no gate.
    private static func programs(_ random: inout SeededGenerator, isLossy: Bool) -> String {
        var text = ""
        for index in 0..<8 {
            let parents = (0..<index).filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            let isTask = Bool.random(using: &random)
            let after = parents.map { "p\($0):running,exited,fatal" }.joined(separator: " ")
            let pause = Int.random(in: 1...4, using: &random)
            text += Sections.native(
                "p\(index)",
                isTask
                    ? "/bin/sh -c 'sleep 0.\(pause); exit \(Int.random(in: 0...1, using: &random))'"
                    : "/bin/sh -c 'sleep 0.\(pause); touch %(here)s/ready\(index); echo up; exec sleep 600'",
                after: after,
                "startsecs=\(isTask ? 0 : Int.random(in: 0...1, using: &random))",
                "autorestart=false",
                isTask
                    ? ""
                    : ["ready=file://%(here)s/ready\(index)", isLossy ? "" : "ready=log:^up", ""]
                        .randomElement(using: &random) ?? "",
                "stdout_events_enabled=true"
            )
        }
        return text
    }

    @Test(arguments: seeds)
    func aRunWithKillsLossesAndRestartsIsDecidedAgainInTheSameWay(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let isLossy = seed.isMultiple(of: 2)
        try await Supervisord.run(
            Self.listener(
                "--ordered-startup --fatal-exit --fatal-exit-on=crash-loop=2/60",
                isLossy ? "buffer_size=1" : "",
                "startsecs=0"
            )
                + Self.programs(&random, isLossy: isLossy)
                + Sections.program(
                    "flapping",
                    "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done'",
                    "startsecs=0",
                    "autorestart=true"
                )
        ) { supervisord in
            try await supervisord.wait(for: "the first decision") {
                supervisord.folder.text(of: Self.log).contains("LISTENERD_DECISION")
            }
            for count in 1...2 {
                supervisord.send(SIGKILL, to: "listenerd")
                try await supervisord.wait(for: "another listener") {
                    supervisord.folder.text(of: Self.log).occurrences(of: #""handler":"ordered-startup","pid""#) > count
                }
            }
            try await supervisord.wait(for: "the end of the startup") {
                supervisord.folder.text(of: Self.log).contains(#""message":"started "#)
                    || supervisord.messages.contains { $0.contains("started ") }
                    || supervisord.listenerLines.contains { $0.contains("started ") }
            }
            supervisord.send(SIGKILL, to: "p0")
            try supervisord.create("go")
            try await supervisord.wait(for: "the shutdown") {
                supervisord.folder.text(of: Self.log).contains("shut down supervisord: flapping")
            }
            _ = try await supervisord.program.waitForEnd { supervisord.logs }
            let (end, text) = try await replay(supervisord)
            #expect(end == .status(0), "\(text)\n\(supervisord.logs)")
            #expect(text.contains("shut down supervisord: flapping was restarted 2 times within 60 s"), "\(text)")
            #expect(text.occurrences(of: "--ordered-startup: the same decisions") == 3, "\(text)")
            // A listener may have been killed before fatal exit had begun.
            #expect(text.contains("--fatal-exit: the same decisions"), "\(text)")
        }
    }

    @Test func anotherDecisionIsShownBesideTheOneOfTheRecord() async throws {
        try await Supervisord.run(
            Self.listener("--ordered-startup") + Sections.native("one", "/bin/sleep 600")
                + Sections.native("two", "/bin/sleep 600", after: "one")
        ) { supervisord in
            try await supervisord.wait(for: "the last start") {
                supervisord.folder.text(of: Self.log).contains("LISTENERD_STARTUP")
            }
            // As if a former version had started another program.
            let record = supervisord.folder.text(of: Self.log).replacing(#""start two""#, with: #""start three""#)
            try supervisord.folder.write(record, to: Self.log)
            let (end, text) = try await replay(supervisord, "--ordered-startup")
            #expect(end == .status(1))
            #expect(text.inOrder("-     start three\n", "+     start two\n"), "\(text)")
            #expect(text.contains("--ordered-startup: other decisions after 1 of "), "\(text)")
            let (missing, message) = try await replay(supervisord, "--fatal-exit")
            #expect(missing == .status(65))
            #expect(message.contains("it has no record of --fatal-exit"), "\(message)")
        }
    }

    @Test func aLogWithoutARecordCannotBeReplayed() async throws {
        try await Supervisord.run(Sections.listener("--log --log-file %(here)s/\(Self.log)")) { supervisord in
            try await supervisord.wait(for: "a line") { !supervisord.folder.lines(of: Self.log).isEmpty }
            let (end, text) = try await replay(supervisord)
            #expect(end == .status(65))
            #expect(text.contains("it has no record of a handler"), "\(text)")
        }
    }
}
