import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// The triggers of `--fatal-exit-on`, the programs of `--fatal-exit-programs`, and the status that is sent to `supervise`.
@Suite struct FatalExitTriggerTests {
    /// A failure, and the message and the status that follow.
    struct Failure: Sendable, CustomTestStringConvertible {
        var arguments: String
        var programs: String
        var message: String
        var status: UInt8

        var testDescription: String { arguments }
    }

    /// The key that tells the listener which socket to send the status to.
    static let statusKey = "environment=\(StatusSocket.variable)=\"%(here)s/status\""
    private static let end = "shutting down supervisord (supervise will exit with"

    /// Returns the section of a program that is RUNNING at once, and not restarted.
    static func job(_ name: String, _ command: String, _ keys: String...) -> String {
        Sections.program(name, command, (["startsecs=0", "autorestart=false"] + keys).joined(separator: "\n"))
    }

    /// Returns a command that exits with a status.
    static func exits(_ status: Int) -> String {
        "/bin/sh -c 'exit \(status)'"
    }

    static let failures: [Failure] = [
        Failure(
            arguments: "--fatal-exit",
            programs: Sections.program("web", "%(here)s/missing", "startretries=0"),
            message: "error: web is FATAL: can't find command 'HERE/missing'",
            status: 70
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-status 9",
            programs: Sections.program("web", "/bin/false", "startretries=0", "startsecs=10"),
            message: "error: web is FATAL: Exited too quickly (process log may have details)",
            status: 9
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on unexpected-exit",
            programs: job("fine", "/bin/true") + job("web", exits(7)),
            message: "error: web exited unexpectedly with status 7",
            status: 7
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on=fatal,unexpected-exit",
            programs: job("web", "/bin/sh -c 'kill -KILL $$'"),
            message: "error: web was killed by a signal",
            status: 70
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on exit",
            programs: job("web", exits(3), "exitcodes=3"),
            message: "error: web exited as expected with status 3",
            status: 3
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on exit",
            programs: job("web", "/bin/true"),
            message: "info: web exited as expected with status 0",
            status: 0
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on crash-loop=3/60",
            programs: Sections.program("web", "/bin/false", "startsecs=0"),
            message: "error: web was restarted 3 times within 60 s",
            status: 70
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-on all-exited",
            programs: job("a", "/bin/true") + job("b", "/bin/true"),
            message: "info: every program exited as expected",
            status: 0
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-status 9 --fatal-exit-on all-exited",
            programs: job("a", "/bin/true") + job("b", exits(3), "exitcodes=3"),
            message: "info: every program exited as expected",
            status: 0
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-status 9 --fatal-exit-on exit",
            programs: job("web", "/bin/true"),
            message: "info: web exited as expected with status 0",
            status: 0
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-status 9 --fatal-exit-on all-exited",
            programs: job("a", "/bin/true") + job("b", exits(3)),
            message: "error: every program has exited; b exited unexpectedly with status 3",
            status: 9
        ),
        Failure(
            arguments: "--ordered-startup --fatal-exit --fatal-exit-on all-exited",
            programs: chain("/bin/true", exits(3), "/bin/true", condition: "exited"),
            message: "error: every program has exited; b exited unexpectedly with status 3",
            status: 3
        ),
        Failure(
            arguments: "--fatal-exit --fatal-exit-programs web,!b --fatal-exit-on exit",
            programs: job("b", exits(4)) + job("c", exits(5)) + job("web", "/bin/sh -c 'sleep 0.5; exit 6'"),
            message: "error: web exited unexpectedly with status 6",
            status: 6
        ),
    ]

    /// Returns the sections of programs a, b and c, each of which waits for the one before.
    static func chain(_ commands: String..., condition: String) -> String {
        var text = ""
        var parent: String?
        for (name, command) in zip(["a", "b", "c"], commands) {
            text += job(name, command, "autostart=false", "startafter=\(parent.map { "\($0):\(condition)" } ?? "")")
            parent = name
        }
        return text
    }

    @Test(arguments: failures)
    func aTriggerEndsSupervisordAndSendsTheStatus(failure: Failure) async throws {
        try await Supervisord.run(Sections.listener(failure.arguments, Self.statusKey) + failure.programs) {
            supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            let message = failure.message.replacing("HERE", with: supervisord.folder.path)
            let ends = supervisord.messages.filter { $0.contains(Self.end) }
            #expect(ends == ["listenerd: \(message); \(Self.end) \(failure.status))"], "\(supervisord.logs)")
            #expect(try socket.receive()?.status == failure.status)
            #expect(try socket.receive() == nil, "it is sent once")
        }
    }

    @Test func allExitedFiresIfTheRestCannotStart() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup --fatal-exit --fatal-exit-on all-exited", Self.statusKey)
                + Self.chain("/bin/true", Self.exits(5), "/bin/true", condition: "completed")
        ) { supervisord in
            let socket = try StatusSocket(path: supervisord.folder.path(of: "status"))
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(supervisord.started == ["a", "b"], "\(supervisord.logs)")
            #expect(try socket.receive()?.status == 5)
        }
    }

    @Test func operatorStopsAndStartsDoNotShutDownSupervisord() async throws {
        try await Supervisord.run(
            Sections.listener("--log --fatal-exit --fatal-exit-on fatal,exit,all-exited,crash-loop=1/60")
                + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            try await supervisord.wait(forLine: "web STARTING → RUNNING")
            for round in 2...3 {
                try await supervisord.rpc.stopProcess("web")
                try await supervisord.rpc.startProcess("web")
                try await supervisord.wait(forLine: "web STARTING → RUNNING", times: round)
            }
            #expect(supervisord.messages == [], "\(supervisord.logs)")
            supervisord.send(SIGKILL, to: "web")
            let ending = try await supervisord.waitForEnd()
            #expect(ending == .status(0), "\(supervisord.logs)")
            #expect(
                supervisord.messages == [
                    "listenerd: error: web exited unexpectedly and was restarted, so supervisord no longer knows "
                        + "its status; shutting down supervisord"
                ],
                "\(supervisord.logs)"
            )
        }
    }

    @Test func programsThatAreTakenOutAndListenersEndNothing() async throws {
        try await Supervisord.run(
            Sections.listener("--log --fatal-exit --fatal-exit-programs !web")
                + Sections.program("web", "%(here)s/missing", "startretries=0")
                + "[eventlistener:other]\ncommand=%(here)s/missing\nevents=TICK_3600\nstartretries=0\n"
        ) { supervisord in
            try await supervisord.wait(forLine: "web BACKOFF → FATAL")
            try await supervisord.wait(forLine: "other BACKOFF → FATAL")
            #expect(supervisord.messages == [], "\(supervisord.logs)")
        }
    }

    @Test func aNameThatNoProgramHasIsReported() async throws {
        try await Supervisord.run(
            Sections.listener("--log --fatal-exit --fatal-exit-programs web,wbe")
                + Sections.program("web", "/bin/sleep 600")
        ) { supervisord in
            try await supervisord.wait(forLine: "web STARTING → RUNNING")
            let path = supervisord.folder.path(of: "supervisord.conf")
            #expect(
                supervisord.messages == [
                    "listenerd: warning: 'wbe' in --fatal-exit-programs is not a program or group in \(path); did you "
                        + "mean 'web'?"
                ]
            )
        }
    }
}
