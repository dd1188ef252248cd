import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// A startup whose listener is killed, or whose events are lost.
@Suite struct RecoveryTests {
    private static let chain =
        Sections.ordered("a", "/bin/true", priority: 1, "startnextafter=exited")
        + Sections.ordered("b", Sections.command(waitingFor: "go"), priority: 2, "startnextafter=exited")
        + Sections.ordered("c", "/bin/true", priority: 3, "startnextafter=exited")
        + Sections.ordered("d", "/bin/sleep 600", priority: 4)

    @Test func theChainGoesOnAfterTheListenerWasKilled() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup --log") + Self.chain) { supervisord in
            try await supervisord.wait(forLine: " b STARTING → RUNNING")
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(for: "a new listener") { supervisord.pids(of: "listenerd").count == 2 }
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: " d STARTING → RUNNING")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func theChainGoesOnFromWhatHappenedWhileThereWasNoListener() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup") + Self.chain) { supervisord in
            try await supervisord.wait(forStarts: 2)
            try await supervisord.rpc.stopProcess("listenerd")
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(for: "b", .exited)
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
            try await supervisord.rpc.startProcess("listenerd")
            try await supervisord.wait(forStarts: 4)
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func aListenerThatComesAgainWhenAllIsDoneStartsNothing() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup --log") + Self.chain) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: " d STARTING → RUNNING")
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(forLine: " listenerd STARTING → RUNNING", times: 2)
            // Once an event is logged, all handlers are done with the one before.
            try await supervisord.rpc.stopProcess("d")
            try await supervisord.wait(forLine: " d STOPPING → STOPPED")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func lostEventsAreReportedAndHoldNothingUp() async throws {
        let programs = (10..<50).map { Sections.program("p\($0)", "/bin/sleep 600") }.joined()
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log --log-format json", "buffer_size=10") + programs + Self.chain
        ) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            try await supervisord.wait(forLog: "success: p49 entered RUNNING")
            // The last event of all is not discarded for a later one.
            try await supervisord.rpc.stopProcess("d")
            try await supervisord.wait(forLine: #""process":"d","group":"d","from":"STOPPING""#)
            #expect(supervisord.started.filter { !$0.hasPrefix("p") } == ["a", "b", "c", "d"], "\(supervisord.logs)")
            #expect(supervisord.log.contains("event buffer overflowed, discarding event"), "\(supervisord.logs)")

            let lines = supervisord.listenerLines
            let serials = lines.compactMap { $0.firstMatch(of: /"poolserial":([0-9]+)/).flatMap { Int($0.1) } }
            let gaps = zip(serials.dropFirst(), serials).map { $0 - $1 - 1 }.filter { $0 > 0 }
            let reported = lines.compactMap { $0.firstMatch(of: /and ([0-9]+) events? w.* lost/).flatMap { Int($0.1) } }
            // Later losses are reported together at the end of a minute, which may be over on a busy machine.
            #expect(reported.first == gaps.first, "\(supervisord.logs)")
            #expect(reported.count <= gaps.count, "\(supervisord.logs)")
            for line in supervisord.messages where line.contains("lost") {
                #expect(line.hasSuffix("lost; increase buffer_size in [eventlistener:listenerd]"))
            }
        }
    }

    @Test func aReloadBeginsTheChainAnew() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup") + Self.chain) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forStarts: 4)
            try await supervisord.rpc.restart()
            try await supervisord.wait(forStarts: 8)
            #expect(supervisord.started == ["a", "b", "c", "d", "a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func aListenerThatIsAddedLateStartsWhatIsLeft() async throws {
        let text = [
            Sections.supervisord, Sections.server, "[include]\nfiles=%(here)s/late.conf\n", Self.chain,
        ]
        try await Supervisord.run(files: ["supervisord.conf": text.joined(separator: "\n")]) { supervisord in
            try await supervisord.wait(forLog: "supervisord started with pid")
            try supervisord.folder.write("", to: "go")
            for name in ["a", "b"] {
                try await supervisord.rpc.startProcess(name, wait: false)
                try await supervisord.wait(for: name, .exited)
            }
            try supervisord.folder.write(Sections.listener("--ordered-startup"), to: "late.conf")
            _ = try await supervisord.rpc.reloadConfig()
            try await supervisord.rpc.addProcessGroup("listenerd")
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.logs)")
        }
    }

    @Test func programsStoppedByAnOperatorAreNotStartedAgain() async throws {
        let forever = "/bin/sleep 600"
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.native("early", forever, after: "", "startsecs=3600")
                + Sections.native("behind", forever, after: "early")
                + Sections.native("up", forever)
                + Sections.native("gate", Sections.command(waitingFor: "go"))
                + Sections.native("last", forever, after: "gate:exited")
        ) { supervisord in
            try await supervisord.wait(forStarts: 3)
            try await supervisord.wait(for: "up", .running)
            try await supervisord.rpc.stopProcess("up")
            try await supervisord.rpc.stopProcess("early")
            try await supervisord.wait(
                forLine:
                    "listenerd: warning: early was stopped; until it is started again, these do not start: behind (waits for early)"
            )
            // A new listener, which knows of it only from supervisord, does not start it either.
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(forLine: "early was stopped", times: 2)
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "success: last entered RUNNING")
            #expect(supervisord.started == ["early", "gate", "up", "last"], "\(supervisord.logs)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func whereverTheListenerIsKilledEverythingIsStartedOnce(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let tree = (1..<30).map { number in
            let isShort = number.isMultiple(of: 3)
            let command = isShort ? "/bin/sleep 0.\(number % 4)" : "/bin/sleep 600"
            let parents = Set([number / 2, Int.random(in: 0..<number, using: &random)]).sorted().map { parent in
                parent.isMultiple(of: 3) ? "p\(parent):exited" : "p\(parent)"
            }
            return Sections.native("p\(number)", command, after: parents.joined(separator: " "))
        }
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --log --log-file %(here)s/events.log",
                "startsecs=0",
                "autorestart=true"
            ) + Sections.native("p0", "/bin/true") + tree.joined()
        ) { supervisord in
            for round in 1...6 {
                let count = min(30, supervisord.started.count + Int.random(in: 0...6, using: &random))
                try await supervisord.wait(forStarts: count)
                // Any moment after that will do.
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...20, using: &random)))
                supervisord.send(SIGKILL, to: "listenerd")
                try await supervisord.wait(for: "a new listener") {
                    supervisord.pids(of: "listenerd").count == round + 1
                }
            }
            try await supervisord.wait(forStarts: 30)
            // One more listener, which asks supervisord for its processes before it handles an event, finds nothing to start.
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(for: "a new listener") { supervisord.pids(of: "listenerd").count == 8 }
            try await supervisord.rpc.startProcess("p3", wait: false)
            try await supervisord.wait(forFile: "events.log", " p3 RUNNING → EXITED")
            try await supervisord.rpc.stopProcess("listenerd")
            let expected = (0..<30).map { "p\($0)" } + ["p3"]
            #expect(supervisord.started.sorted() == expected.sorted(), "\(supervisord.logs)")
        }
    }
}
