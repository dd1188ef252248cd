import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// The shutdown and its status without a server, without an interface, or with a listener of another user.
extension FatalExitTriggerTests {
    @Test func anExitFromBeforeTheListenerCameEndsSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --fatal-exit-on unexpected-exit", "autostart=false", Self.statusKey)
                + Self.job("web", Self.exits(7))
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            try await supervisord.wait(forLog: "exited: web (exit status 7; not expected)")
            try await supervisord.rpc.startProcess("listenerd", wait: false)
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(try socket.receive()?.status == 7)
        }
    }

    @Test func withoutAServerTheStatusIsThatOfFailure() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --fatal-exit-on unexpected-exit", Self.statusKey)
                + Self.job("web", Self.exits(7)),
            server: nil
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(
                supervisord.messages == [
                    "listenerd: error: web exited unexpectedly; sending SIGTERM to supervisord "
                        + "(supervise will exit with 70)"
                ]
            )
            #expect(try socket.receive()?.status == 70)
        }
    }

    @Test func withoutTheInterfaceSupervisordIsEndedBySignal() async throws {
        let interface = "[rpcinterface:supervisor]"
        try await Supervisord.run(files: [
            "supervisord.conf": Sections.supervisord.replacing(interface, with: "[some:other]") + Sections.server
                + Sections.listener("--fatal-exit", Self.statusKey)
                + Sections.program("web", "%(here)s/missing", "startretries=0")
        ]) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let message = "web is FATAL; sending SIGTERM to supervisord (supervise will exit with 70); RPC failed: "
            #expect(supervisord.messages.last?.contains(message) == true, "\(supervisord.logs)")
            #expect(try socket.receive()?.status == 70)
        }
    }

    @Test(.enabled(if: getuid() == 0)) func aListenerOfAnotherUserSendsTheStatusToo() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit --fatal-exit-on unexpected-exit", Self.statusKey, "user=nobody")
                + Self.job("web", "/bin/sh -c 'until [ -e %(here)s/go ]; do sleep 0.05; done; exit 7'"),
            server: Sections.server + "chmod=0777\n\n"
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let received = try #require(try socket.receive(), "\(supervisord.logs)")
            #expect(received.status == 7)
            #expect(received.user == getpwnam("nobody")?.pointee.pw_uid)
        }
    }

    @Test func aStatusThatNobodyReceivesIsReported() async throws {
        try await Supervisord.run(
            Sections.listener("--fatal-exit", Self.statusKey)
                + Sections.program("web", "%(here)s/missing", "startretries=0")
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let path = supervisord.folder.path(of: "status")
            #expect(
                supervisord.messages.first
                    == "listenerd: warning: cannot send a status to '\(path)': No such file or directory; "
                    + "supervise will exit with supervisord's own status"
            )
            #expect(supervisord.messages.last?.hasSuffix("; shutting down supervisord") == true)
        }
    }

    @Test func aStartupThatIsToEndSupervisordSendsAStatusToo() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --ordered-startup-on-failure exit --fatal-exit --fatal-exit-programs !a",
                Self.statusKey
            ) + Self.chain(Self.exits(4), "/bin/true", condition: "completed")
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
            #expect(try socket.receive()?.status == 4)
        }
    }

    @Test func nothingIsSentWhereSupervisordIsStoppedFromOutside() async throws {
        try await Supervisord.run(
            Sections.listener("--log --fatal-exit --fatal-exit-on fatal,exit,all-exited", Self.statusKey)
                + Sections.program("broken", "/bin/false", "startsecs=10", "startretries=100", "priority=2")
                + Sections.program("slow", Sections.command(ignoringTERMUntil: "go"), "priority=1")
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            try await supervisord.wait(forFile: Sections.readyFile)
            try await supervisord.wait(forLine: "slow STARTING → RUNNING")
            try await supervisord.wait(forLine: "broken STARTING → BACKOFF tries=2")
            supervisord.send(SIGTERM)
            try await supervisord.wait(forLine: "broken BACKOFF → FATAL")
            try supervisord.folder.write("", to: "go")
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages == [], "\(supervisord.logs)")
            #expect(try socket.receive() == nil)
        }
    }
}
