import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// How the listener finds supervisord's configuration and server, and what it reports if it cannot.
@Suite struct ReachingSupervisordTests {
    private static let chain =
        Sections.ordered("a", "/bin/true", priority: 1, "startnextafter=exited")
        + Sections.ordered("b", "/bin/sleep 600", priority: 2)
    private static let broken = Sections.program("broken", "%(here)s/missing", "startretries=0")
    private static let lockedServer = Sections.server + "username=somebody\npassword=se%%cret\n\n"
    /// Keys for a listener that exits: supervisord reports it at once, and does not retry.
    private static let once = "startsecs=10\nstartretries=0"

    @Test func nameAndPasswordAreFoundInTheConfiguration() async throws {
        let port = try ReservedPort()
        try await Supervisord.run(
            Sections.listener("--ordered-startup") + Self.chain,
            server: "[inet_http_server]\nport=127.0.0.1:\(port.number)\nusername=somebody\npassword=se%%cret\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
        }
    }

    @Test func aWrongPasswordIsReportedAndSupervisordIsEndedBySignal() async throws {
        try await Supervisord.run(
            Sections.listener(
                "--ordered-startup --fatal-exit",
                "environment=SUPERVISOR_USERNAME=somebody,SUPERVISOR_PASSWORD=wrong"
            ) + Self.chain + Self.broken,
            server: Self.lockedServer
        ) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.messages.count == 2, "\(supervisord.logs)")
            #expect(supervisord.messages.allSatisfy { $0.contains("password") }, "\(supervisord.logs)")
            #expect(supervisord.messages.last?.contains("broken is FATAL; sending SIGTERM to supervisord") == true)
            #expect(!supervisord.logs.contains("wrong"), "a password must not be printed")
        }
    }

    @Test func withoutAServerSectionNothingCanBeStarted() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Self.once) + Self.chain,
            server: nil
        ) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            #expect(
                supervisord.listenerLines == [
                    "listenerd: error: \(supervisord.folder.path)/supervisord.conf has no [unix_http_server] or "
                        + "[inet_http_server] section, so supervisord cannot be called; add one, together "
                        + "with [rpcinterface:supervisor], or give its address with --server-url (a running 'listenerd "
                        + "supervise', which adds one itself, is found without --config)"
                ]
            )
        }
    }

    @Test func withoutTheInterfaceNothingCanBeStartedAndTheListenerEnds() async throws {
        let listener = Sections.listener("--ordered-startup --log", Self.once)
        let text = [Sections.daemon, Sections.server, listener, Self.chain].joined(separator: "\n")
        try await Supervisord.run(files: ["supervisord.conf": text]) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            try await supervisord.wait(forLog: "gave up: listenerd entered FATAL state")
            let place = "unix://\(supervisord.folder.path(of: "socket"))"
            #expect(
                supervisord.messages == [
                    "listenerd: error: supervisord at \(place) does not know "
                        + "supervisor.getAllProcessInfo: its configuration has no [rpcinterface:supervisor]; add that "
                        + "section with supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface, "
                        + "and restart supervisord"
                ]
            )
            #expect(supervisord.started == [], "\(supervisord.logs)")
        }
    }

    @Test func withoutTheInterfaceSupervisordIsEndedBySignal() async throws {
        let text = [Sections.daemon, Sections.server, Sections.listener("--fatal-exit"), Self.broken]
        try await Supervisord.run(files: ["supervisord.conf": text.joined(separator: "\n")]) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let message = "listenerd: error: broken is FATAL; sending SIGTERM to supervisord"
            #expect(supervisord.messages.last?.hasPrefix(message) == true, "\(supervisord.logs)")
        }
    }

    @Test func withoutAServerSectionSupervisordIsEndedBySignal() async throws {
        try await Supervisord.run(Sections.listener("--fatal-exit") + Self.broken, server: nil) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(
                supervisord.listenerLines == ["listenerd: error: broken is FATAL; sending SIGTERM to supervisord"]
            )
        }
    }

    @Test func aShellInBetweenIsNotTakenForSupervisord() async throws {
        let listener = Sections.listener("--fatal-exit").replacing(
            "%(ENV_LISTENERD)s --fatal-exit",
            with: "/bin/sh -c '%(ENV_LISTENERD)s --fatal-exit; exit 1'"
        )
        try await Supervisord.run(listener + Self.broken, server: nil) { supervisord in
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
        }
    }

    @Test func aMissingConfigurationIsReported() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", Self.once, "autostart=false") + Self.chain
                + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            try await supervisord.wait(forStarts: 1)
            try FileManager.default.removeItem(atPath: supervisord.folder.path(of: "supervisord.conf"))
            try await supervisord.rpc.startProcess("listenerd", wait: false)
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            let path = "\(supervisord.folder.path)/supervisord.conf"
            #expect(
                supervisord.listenerLines == [
                    "listenerd: error: supervisord was started with the configuration file '\(path)', but it is not at "
                        + "'\(path)'; name it with --config"
                ]
            )
        }
    }

    @Test func aConfigurationThatIsNamedWronglyIsReported() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --config %(here)s/other.conf", Self.once) + Self.chain
        ) { supervisord in
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            #expect(
                supervisord.listenerLines == [
                    "listenerd: error: cannot read '\(supervisord.folder.path)/other.conf': No such file or directory; "
                        + "check the path and its permissions"
                ]
            )
        }
    }
}

/// A listener that runs as another user than supervisord, which needs root.
@Suite(.enabled(if: getuid() == 0)) struct OtherUserTests {
    private static let chain = Sections.ordered("a", "/bin/sleep 600", priority: 1)

    @Test func aSocketThatTheUserMayUseServes() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --log", "user=nobody") + Self.chain,
            server: Sections.server + "chown=nobody\nchmod=0700\n\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "started 1 process in order")
            #expect(supervisord.messages.count == 1, "\(supervisord.logs)")
        }
    }

    @Test func aSocketThatTheUserMayNotUseIsReportedAndServesWhenThatIsRepaired() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "user=nobody") + Self.chain
        ) { supervisord in
            try await supervisord.wait(forLine: "listenerd: warning: ")
            #expect(supervisord.messages[0].contains("Permission denied; the socket belongs to another user"))
            #expect(supervisord.messages[0].hasSuffix("; retrying"), "\(supervisord.logs)")
            chmod(supervisord.folder.path(of: "socket"), 0o777)
            try await supervisord.wait(forLine: "started 1 process in order")
            #expect(supervisord.messages.count == 3, "\(supervisord.logs)")
            #expect(supervisord.messages[1] == "listenerd: info: supervisord answers again")
        }
    }

    @Test func aConfigurationThatTheUserMayNotReadIsReported() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup", "user=nobody", "autostart=false", "startsecs=10", "startretries=0")
                + Self.chain
        ) { supervisord in
            chmod(supervisord.folder.path(of: "supervisord.conf"), 0o600)
            try await supervisord.wait(forLog: "supervisord started with pid")
            try await supervisord.rpc.startProcess("listenerd", wait: false)
            try await supervisord.wait(forLog: "exited: listenerd (exit status 65; not expected)")
            #expect(
                supervisord.listenerLines == [
                    "listenerd: error: cannot read '\(supervisord.folder.path)/supervisord.conf': Permission denied; "
                        + "check the path and its permissions"
                ]
            )
        }
    }
}
