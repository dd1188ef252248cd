import Foundation
import ListenerKit
import Testing

/// What happens to a chain when the listener, or an event, is lost.
@Suite struct RecoveryTests {
    private static let chain =
        Sections.member("a", "/bin/true", priority: 1, "startnextafter=exited")
        + Sections.member("b", Sections.waiting(for: "go"), priority: 2, "startnextafter=exited")
        + Sections.member("c", "/bin/true", priority: 3, "startnextafter=exited")
        + Sections.member("d", "/bin/sleep 600", priority: 4)

    @Test func theChainGoesOnAfterTheListenerWasKilled() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup --log") + Self.chain) { supervisord in
            try await supervisord.wait(forLine: " b STARTING → RUNNING")
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(for: "a new listener") { supervisord.numbers(of: "listenerd").count == 2 }
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: " d STARTING → RUNNING")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.story)")
        }
    }

    @Test func theChainGoesOnFromWhatHappenedWhileThereWasNoListener() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup") + Self.chain) { supervisord in
            try await supervisord.wait(forStarts: 2)
            try await supervisord.rpc.stopProcess("listenerd")
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(for: "b", .exited)
            #expect(supervisord.started == ["a", "b"], "\(supervisord.story)")
            try await supervisord.rpc.startProcess("listenerd")
            try await supervisord.wait(forStarts: 4)
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.story)")
        }
    }

    @Test func aListenerThatComesAgainWhenAllIsDoneStartsNothing() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup --log") + Self.chain) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: " d STARTING → RUNNING")
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(forLine: " listenerd STARTING → RUNNING", times: 2)
            // Once the next event is logged, all handlers are done with the one before.
            try await supervisord.rpc.stopProcess("d")
            try await supervisord.wait(forLine: " d STOPPING → STOPPED")
            #expect(supervisord.started == ["a", "b", "c", "d"], "\(supervisord.story)")
        }
    }

    @Test func lostEventsAreSaidAndHoldNothingUp() async throws {
        let programs = (10..<50).map { Sections.program("p\($0)", "/bin/sleep 600") }.joined()
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log --log-format json", "buffer_size=10") + programs + Self.chain
        ) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLog: "success: d entered RUNNING")
            try await supervisord.wait(forLog: "success: p49 entered RUNNING")
            // The last event of all is not discarded for another.
            try await supervisord.rpc.stopProcess("d")
            try await supervisord.wait(forLine: #""process":"d","group":"d","from":"STOPPING""#)
            #expect(supervisord.started.filter { !$0.hasPrefix("p") } == ["a", "b", "c", "d"], "\(supervisord.story)")
            #expect(supervisord.log.contains("event buffer overflowed, discarding event"), "\(supervisord.story)")

            let lines = supervisord.listenerLines
            let serials = lines.compactMap { $0.firstMatch(of: /"poolserial":([0-9]+)/).flatMap { Int($0.1) } }
            let gaps = zip(serials.dropFirst(), serials).map { $0 - $1 - 1 }.filter { $0 > 0 }
            let said = lines.compactMap { $0.firstMatch(of: /and ([0-9]+) events? w.* lost/).flatMap { Int($0.1) } }
            #expect(said == gaps, "\(supervisord.story)")
            for line in supervisord.sayings where line.contains("lost") {
                #expect(line.hasSuffix("lost; set a larger buffer_size= in [eventlistener:listenerd]"))
            }
        }
    }

    @Test func aReloadBeginsTheChainAnew() async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup") + Self.chain) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forStarts: 4)
            try await supervisord.rpc.restart()
            try await supervisord.wait(forStarts: 8)
            #expect(supervisord.started == ["a", "b", "c", "d", "a", "b", "c", "d"], "\(supervisord.story)")
        }
    }
}
