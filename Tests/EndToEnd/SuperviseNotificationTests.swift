import Foundation
import Testing

/// Notifications of programs under `supervise`, whose socket it provides.
@Suite struct SuperviseNotificationTests {
    private static let server = Sections.gated(
        "\(GateProgram.notify) child STATUS=starting wait:go record:ready READY=1",
        ready: "notify",
        keys: "stopasgroup=true"
    )

    @Test func aProgramNeedsNoSocketOfItsOwn() async throws {
        try await Supervise.run(["--ordered-startup"], Self.server + Sections.witness()) { supervise in
            try await supervise.wait(forLog: "success: server entered RUNNING")
            try supervise.create("go")
            let record = try await supervise.record()
            #expect(record == ["ready"], "\(supervise.logs)")
            try await supervise.wait(forLine: "started 2 processes in order")
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    @Test func programsDoNotGetTheSocketThatSuperviseWasGiven() async throws {
        let options = Supervise.Options(environment: ["NOTIFY_SOCKET": "%(here)s/outer"])
        let print = "/bin/sh -c 'echo \"socket:$NOTIFY_SOCKET\" >>%(here)s/record; exec sleep 600'"
        try await Supervise.run(
            ["--ordered-startup"],
            Self.server + Sections.witness() + Sections.native("plain", print, after: "server:started"),
            options
        ) { supervise in
            try supervise.create("go")
            _ = try await supervise.record()
            try await supervise.wait(for: "a socket in the record") {
                supervise.record.contains { $0.hasPrefix("socket:") }
            }
            #expect(!supervise.record.contains { $0.hasSuffix("/outer") }, "\(supervise.logs)")
        }
    }

    @Test func withoutAGateNoProgramHasASocket() async throws {
        let options = Supervise.Options(environment: ["NOTIFY_SOCKET": "%(here)s/outer"])
        let print = "/bin/sh -c 'echo \"socket:$NOTIFY_SOCKET\" >>%(here)s/record; exec sleep 600'"
        try await Supervise.run(["--ordered-startup"], Sections.native("plain", print), options) { supervise in
            try await supervise.wait(forRecord: "socket:")
        }
    }

    @Test func whatIsSaidWhileThereIsNoListenerIsNotLost() async throws {
        try await Supervise.run(["--ordered-startup"], Self.server + Sections.witness()) { supervise in
            try await supervise.wait(forLog: "success: server entered RUNNING")
            supervise.send(SIGSTOP, to: "listenerd")
            try supervise.create("go")
            try await supervise.wait(forRecord: "ready")
            supervise.send(SIGKILL, to: "listenerd")
            let record = try await supervise.record()
            #expect(record == ["ready"], "\(supervise.logs)")
            #expect(supervise.started == ["server", "child"], "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: getuid() == 0))
    func aProgramOfAnotherUserMaySend() async throws {
        let server = "/bin/sh -c 'sleep 0.2; systemd-notify --ready; exec sleep 600'"
        try await Supervise.run(
            ["--ordered-startup"],
            Sections.gated(server, ready: "notify", keys: "user=nobody") + Sections.witness()
        ) { supervise in
            _ = try await supervise.record()
        }
    }
}
