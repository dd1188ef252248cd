import Foundation
import ListenerKit
import Testing

/// Programs whose groups `supervisorctl update` removes and adds again.
@Suite struct UpdateTests {
    private static let forever = "/bin/sleep 600"
    private static let programs =
        Sections.native("once", "/bin/true") + Sections.native("a", forever, after: "once:exited", "startsecs=1")
        + Sections.native("b", forever, after: "a") + Sections.native("c", forever, after: "b")

    /// A supervisord that ends just as a program begins may have to kill that: its SIGTERM comes before the program.
    private static let end = "success: c entered RUNNING"

    private func update(_ names: [String], _ supervisord: Supervisord) async throws {
        _ = try await supervisord.rpc.reloadConfig()
        for name in names {
            _ = try await supervisord.rpc.stopProcessGroup(name)
            try await supervisord.rpc.removeProcessGroup(name)
            try await supervisord.rpc.addProcessGroup(name)
        }
    }

    @Test(arguments: ["PROCESS_STATE,PROCESS_GROUP", "PROCESS_STATE,PROCESS_GROUP_ADDED"])
    func readdedGroupsStartInOrder(events: String) async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "events=\(events)") + Self.programs
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            try await update(["a", "b"], supervisord)
            try await supervisord.wait(forStarts: 6)
            #expect(supervisord.started == ["once", "a", "b", "c", "a", "b"], "\(supervisord.logs)")
            let log = supervisord.log
            let again = log.ranges(of: "spawned: 'c'").last.map { String(log[$0.upperBound...]) }
            #expect(again?.inOrder("success: a entered RUNNING", "spawned: 'b'") == true, "\(supervisord.logs)")
        }
    }

    @Test func readdedGroupsStartInOrderAfterLostEvents() async throws {
        let keys = ["events=PROCESS_STATE,PROCESS_GROUP_ADDED", "buffer_size=2"]
        try await Supervisord.run(
            Sections.listener("--ordered-startup", keys[0], keys[1]) + Self.programs
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            supervisord.send(SIGSTOP, to: "listenerd")
            try await update(["a", "b", "c"], supervisord)
            supervisord.send(SIGCONT, to: "listenerd")
            try await supervisord.wait(forLog: Self.end, times: 2)
            #expect(supervisord.messages.contains { $0.contains(" lost; increase") }, "\(supervisord.logs)")
            #expect(supervisord.started == ["once", "a", "b", "c", "a", "b", "c"], "\(supervisord.logs)")
            let log = supervisord.log
            let again = log.ranges(of: "spawned: 'a'").last.map { String(log[$0.upperBound...]) }
            #expect(again?.inOrder("success: b entered RUNNING", "spawned: 'c'") == true, "\(supervisord.logs)")
        }
    }

    @Test func readdedGroupsStartUnderANewListener() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", "events=PROCESS_STATE,PROCESS_GROUP") + Self.programs
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(forLine: " listenerd STARTING → RUNNING", times: 2)
            try await update(["once", "c"], supervisord)
            try await supervisord.wait(forStarts: 6)
            #expect(supervisord.started.prefix(4) == ["once", "a", "b", "c"], "\(supervisord.logs)")
            #expect(supervisord.started.dropFirst(4).sorted() == ["c", "once"], "\(supervisord.logs)")
        }
    }

    @Test func aReloadBeginsAnewAndNothingIsStartedTwice() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", "events=PROCESS_STATE,PROCESS_GROUP", "priority=-1")
                + Self.programs
        ) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            try await supervisord.rpc.restart()
            try await supervisord.wait(forLine: "started 4 processes in order", times: 2)
            // The first listener may have been stopped before that event.
            let stop = " c STOPPING → STOPPED"
            let stops = supervisord.listenerLines.count { $0.contains(stop) }
            try await supervisord.rpc.stopProcess("c")
            try await supervisord.wait(forLine: stop, times: stops + 1)
            let all = ["once", "a", "b", "c"]
            #expect(supervisord.started == all + all, "\(supervisord.logs)")
        }
    }

    @Test(arguments: [false, true])
    func readdedGroupsStartWithoutTheGroupEventUnlessAnOperatorIsFaster(isStartedByHand: Bool) async throws {
        try await Supervisord.run(Sections.listener("--ordered-startup") + Self.programs) { supervisord in
            try await supervisord.wait(forLine: "started 4 processes in order")
            try await update(["b"], supervisord)
            if isStartedByHand {
                // The call fails if the operator is slower after all.
                _ = try? await supervisord.rpc.startProcess("b")
            }
            try await supervisord.wait(forLog: "success: b entered RUNNING", times: 2)
            #expect(supervisord.started == ["once", "a", "b", "c", "b"], "\(supervisord.logs)")
        }
    }

    @Test func readdedGroupsStartUnderANewListenerThatHearsOldEvents() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --log", "buffer_size=1000") + Self.programs
        ) { supervisord in
            // The answers to its calls tell the listener that all is started; the events come later.
            try await supervisord.wait(forLine: " c STARTING → RUNNING")
            supervisord.send(SIGSTOP, to: "listenerd")
            try await update(["once", "a", "b", "c"], supervisord)
            supervisord.send(SIGKILL, to: "listenerd")
            try await supervisord.wait(forLog: Self.end, times: 2)
            let all = ["once", "a", "b", "c"]
            #expect(supervisord.started == all + all, "\(supervisord.logs)")
        }
    }
}
