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
            Sections.listener("--ordered-startup --log", "buffer_size=10") + programs + Self.chain
        ) { supervisord in
            try supervisord.folder.write("", to: "go")
            try await supervisord.wait(forLine: "started 4 processes in order")
            let chain = supervisord.started.filter { !$0.hasPrefix("p") }
            #expect(chain == ["a", "b", "c", "d"], "\(supervisord.story)")
            try await supervisord.wait(forLine: " d STARTING → RUNNING")
            let losses = supervisord.sayings.filter { $0.contains("event buffer overflowed") }
            #expect((1...3).contains(losses.count), "\(supervisord.story)")
            #expect(losses.first?.hasSuffix("set a larger buffer_size= in [eventlistener:listenerd]") == true)
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
