import ExecutableTesting
import Foundation
import Testing

/// The program as a listener, without a supervisord, and its exit status.
@Suite struct ListeningTests {
    /// A variable that keeps it from finding a configuration.
    private static let nowhere = ["LISTENERD_CONFIG": "/nonexistent/supervisord.conf"]

    @Test func theEndOfInputEndsItWithSuccess() async throws {
        let outcome = try await Outcome(of: ["--log"], environment: ["SUPERVISOR_ENABLED": "1"])
        #expect(outcome.ending == .status(0))
        #expect(outcome.output == "READY\n")
        #expect(outcome.errors == "")
    }

    /// As in a container whose command it is.
    @Test(arguments: [["--ordered-startup"], ["--log", "--fatal-exit"]])
    func startByHandIsExplained(arguments: [String]) async throws {
        let folder = try TestFolder()
        let program = "[program:web]\ncommand=/bin/true\nautostart=false\nstartafter=\n"
        try folder.write(
            "[unix_http_server]\nfile=%(here)s/socket\n[supervisord]\n\(program)",
            to: "supervisord.conf"
        )
        let outcome = try await Outcome(of: arguments + ["-c", folder.path(of: "supervisord.conf")])
        #expect(outcome.ending == .status(64))
        #expect(outcome.output == "READY\n")
        let sentence = """
            listenerd: Error: Nothing to listen to: standard input ended before any event; \
            supervisord must start this program, as the command= of an [eventlistener:x] section; \
            'listenerd supervise' starts supervisord itself
              See 'listenerd --help' for more information.

            """
        #expect(outcome.errors == sentence)
    }

    @Test func signalsThatAreNotMeantForItDoNotEndIt() async throws {
        let folder = try TestFolder()
        try #require(mkfifo(folder.path(of: "input"), 0o600) == 0)
        let input = FileHandle(
            fileDescriptor: open(folder.path(of: "input"), O_RDWR | O_CLOEXEC),
            closeOnDealloc: true
        )
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            ["--log"],
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        try await wait(for: "READY") { folder.text(of: "output") == "READY\n" }
        program.send(SIGUSR1)
        program.send(SIGPIPE)
        program.send(SIGXFSZ)
        let event = "ver:3.0 server:supervisor serial:21 pool:listenerd poolserial:0 eventname:TICK_5 len:7\nwhen:12"
        try input.write(contentsOf: Data(event.utf8))
        try await wait(for: "the answer") { folder.text(of: "output").hasSuffix("OKREADY\n") }
        // stopsignal= may be any of these.
        program.send(SIGQUIT)
        let ending = try await program.waitForEnd()
        #expect(ending == .status(0))
    }

    @Test func anEventIsLoggedAndAcknowledged() async throws {
        let payload = "processname:web groupname:web from_state:STARTING pid:4711"
        let outcome = try await Outcome(
            of: ["--log"],
            input: """
                ver:3.0 server:supervisor serial:21 pool:listenerd poolserial:0 \
                eventname:PROCESS_STATE_RUNNING len:\(payload.utf8.count)
                \(payload)
                """
        )
        #expect(outcome.ending == .status(0))
        #expect(outcome.output == "READY\nRESULT 2\nOKREADY\n")
        #expect(outcome.errors.hasSuffix("Z web STARTING → RUNNING pid=4711\n"), "\(outcome.errors)")
    }

    @Test func aMessageThatBreaksOffIsAnError() async throws {
        let outcome = try await Outcome(
            of: ["--log"],
            input: "ver:3.0 server:supervisor serial:21 pool:listenerd poolserial:0 eventname:TICK_5 len:15\nwhen:12"
        )
        #expect(outcome.ending == .status(65))
        #expect(outcome.output == "READY\n")
        #expect(outcome.errors.hasPrefix("listenerd: error: "), "\(outcome.errors)")
    }

    @Test func withoutAConfigurationThereIsNoOrder() async throws {
        let outcome = try await Outcome(of: ["--ordered-startup"], environment: Self.nowhere)
        #expect(outcome.ending == .status(65))
        #expect(outcome.output == "")
        #expect(
            outcome.errors
                == "listenerd: error: $LISTENERD_CONFIG names the configuration file '/nonexistent/supervisord.conf', "
                + "which does not exist; unset it, or name another file with --config\n"
        )
    }

    @Test func aServerURLThatIsNoneIsAnErrorOfUsage() async throws {
        let outcome = try await Outcome(of: ["--log", "--server-url", "ftp://localhost"])
        #expect(outcome.ending == .status(64))
        #expect(outcome.output == "")
        #expect(outcome.errors.contains("ftp://localhost"), "\(outcome.errors)")
    }

    @Test func aLogThatCannotBeOpenedIsAnErrorOfTheSystem() async throws {
        let outcome = try await Outcome(of: ["--log", "--log-file", "/nonexistent/events.log"])
        #expect(outcome.ending == .status(71))
        #expect(outcome.output == "")
        #expect(
            outcome.errors
                == "listenerd: error: cannot open '/nonexistent/events.log' for appending: No such file or directory; create the directory first\n"
        )
    }

    @Test func silentServersAreReportedOnceAndTheEventIsAcknowledged() async throws {
        let folder = try TestFolder()
        try #require(mkfifo(folder.path(of: "input"), 0o600) == 0)
        let input = open(folder.path(of: "input"), O_RDWR | O_CLOEXEC)
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            ["--log", "--server-url", "unix:///nonexistent/socket"],
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        let payload = "processname:web groupname:web from_state:BACKOFF"
        let header = "ver:3.0 server:supervisor serial:21 pool:listenerd poolserial:0 eventname:PROCESS_STATE_FATAL"
        try FileHandle(fileDescriptor: input).write(
            contentsOf: Data("\(header) len:\(payload.utf8.count)\n\(payload)".utf8)
        )
        try await wait(for: "the acknowledgement", diagnostics: { folder.text(of: "errors") }) {
            folder.text(of: "output") == "READY\nRESULT 2\nOKREADY\n"
        }
        try await wait(for: "two lines", diagnostics: { folder.text(of: "errors") }) {
            folder.lines(of: "errors").count == 2
        }
        close(input)
        let ending = try await program.waitForEnd()
        #expect(ending == .status(0))
        let lines = folder.lines(of: "errors")
        #expect(lines.count { $0.hasSuffix("Z web BACKOFF → FATAL") } == 1, "\(lines)")
        let sentence = """
            listenerd: warning: cannot reach supervisord at unix:///nonexistent/socket: No such file or directory; \
            is supervisord running, with this file= in [unix_http_server]?; retrying
            """
        #expect(lines.contains(sentence), "\(lines)")
    }

    @Test func startAtATerminalIsExplained() async throws {
        var (master, terminal): (Int32, Int32) = (-1, -1)
        try #require(openpty(&master, &terminal, nil, nil, nil) == 0)
        defer {
            close(master)
            close(terminal)
        }
        let folder = try TestFolder()
        let program = try RunningProgram(
            TestedExecutable.listenerd,
            ["--log"],
            input: "/proc/\(getpid())/fd/\(terminal)",
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        let ending = try await program.waitForEnd()
        #expect(ending == .status(64))
        #expect(folder.text(of: "output") == "")
        #expect(
            folder.text(of: "errors") == """
                listenerd: Error: Nothing to listen to: standard input is a terminal; supervisord must start this program, as the command= of an [eventlistener:x] section
                Usage: listenerd [options] HANDLER...
                  See 'listenerd --help' for more information.

                """
        )
    }
}
