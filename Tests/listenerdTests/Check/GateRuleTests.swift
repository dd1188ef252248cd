import ListenerKit
import Testing

@testable import listenerd

/// The rules about gates.
@Suite struct GateRuleTests {
    /// A listener whose `events=` is the fourth line, a program that waits, and one with gates, whose keys begin at line 11.
    private func checked(
        _ keys: String,
        events: String = "PROCESS_STATE",
        command: String = "listenerd --ordered-startup",
        user: String = "root",
        isThisMachine: Bool = false
    ) throws -> CheckedConfiguration {
        try CheckedConfiguration(
            """
            [supervisord]
            [eventlistener:order]
            command=\(command)
            events=\(events)
            user=\(user)
            [program:web]
            command=x
            autostart=false
            startafter=db
            [program:db]
            command=x
            \(keys)

            """,
            isThisMachine: isThisMachine
        ) { machine in
            machine.ownerOfFolder = { folder in
                switch folder {
                case "/srv": (0, 0o755)
                case "/srv/own": (33, 0o755)
                case "/srv/open": (0, 0o777)
                case "/srv/group": (0, 0o775)
                default: nil
                }
            }
            machine.isDirectory = { $0 == "/" || $0.hasPrefix("/srv") }
        }
    }

    private static func unsent(_ event: String, _ gate: String, _ setting: String) -> String {
        """
        12: error: db never becomes ready: supervisord sends no \(event) events of it, for which the gate '\(gate)' waits; set \
        \(setting) [unheard-gate]
        """
    }
    private static let noLines = unsent("PROCESS_LOG", "log:up", "stdout_events_enabled=true")
    private static let noMessages = unsent("PROCESS_COMMUNICATION", "message:up", "stdout_capture_maxbytes=1MB")

    @Test(arguments: [
        ("ready=log:up", [noLines]), ("ready=log:up\nstdout_events_enabled=false", [noLines]),
        ("ready=log:up\nstdout_events_enabled=true", []), ("ready=log:up\nstderr_events_enabled=true", []),
        ("ready=log:up\nstderr_events_enabled=true\nredirect_stderr=true", [noLines]),
        ("ready=log:up\nstdout_capture_maxbytes=1MB", [noLines]), ("ready=log:a(b", []), ("ready=tcp://a:1", []),
        ("ready=message:up", [noMessages]), ("ready=message:up\nstdout_capture_maxbytes=0", [noMessages]),
        ("ready=message:up\nstdout_capture_maxbytes=1KB", []), ("ready=message:up\nstderr_capture_maxbytes=1", []),
        ("ready=message:up\nstderr_capture_maxbytes=1\nredirect_stderr=true", [noMessages]),
        ("ready=message:up\nstdout_events_enabled=true", [noMessages]),
        ("ready=log:up\n message:up", [noLines, noMessages]),
    ])
    func whatSupervisordDoesNotSendIsNeverHeard(keys: String, findings: [String]) throws {
        #expect(try checked(keys, events: "EVENT").findings(of: CheckRules.gates) == findings)
    }

    private static func undelivered(_ event: String, _ gate: String) -> String {
        """
        4: error: db never becomes ready: order gets no \(event) events of it, for which the gate '\(gate)' waits; add \(event) \
        to events= [unheard-gate]
        """
    }
    private static let stdoutLine = "ready=log:up\nstdout_events_enabled=true"
    private static let stdoutMessage = "ready=message:up\nstdout_capture_maxbytes=1"

    @Test(arguments: [
        (stdoutLine, "PROCESS_STATE", [undelivered("PROCESS_LOG", "log:up")]),
        (stdoutLine, "PROCESS_STATE,PROCESS_LOG_STDERR", [undelivered("PROCESS_LOG", "log:up")]),
        (stdoutLine, "PROCESS_STATE,PROCESS_LOG_STDOUT", []), (stdoutLine, "PROCESS_STATE,PROCESS_LOG", []),
        (stdoutLine, "EVENT", []),
        (stdoutLine + "\nstderr_events_enabled=true", "PROCESS_STATE,PROCESS_LOG_STDERR", []),
        (stdoutMessage, "PROCESS_LOG", [undelivered("PROCESS_COMMUNICATION", "message:up")]),
        (stdoutMessage, "PROCESS_COMMUNICATION", []),
    ])
    func whatTheListenerDoesNotGetIsNeverHeard(keys: String, events: String, findings: [String]) throws {
        #expect(try checked(keys, events: events).findings(of: CheckRules.gates) == findings)
    }

    @Test func aListenerWithoutOrderedStartupNeedsNoOutput() throws {
        let findings = try checked(Self.stdoutLine, command: "listenerd --log").findings(of: CheckRules.gates)
        #expect(!findings.contains { $0.hasSuffix("[unheard-gate]") })
    }

    @Test(arguments: [
        ("ready=notify", ["12: error"]), ("ready=notify\nenvironment=NOTIFY_SOCKET=\"/srv/x\"", []),
        ("ready=notify\nenvironment=NOTIFY_SOCKET=\"@x\"", []), ("ready=notify\nenvironment=A=\"1\"", ["12: error"]),
        ("ready=tcp://a:1", []),
    ])
    func withoutSuperviseAProgramNamesItsSocket(keys: String, places: [String]) throws {
        let found = try checked(keys).findings(of: CheckRules.gates)
        #expect(found.map { $0.split(separator: ":").prefix(2).joined(separator: ":") } == places)
        for finding in found {
            #expect(
                finding.hasSuffix(
                    """
                    db never becomes ready: nothing sets NOTIFY_SOCKET for its gate notify; set environment=NOTIFY_SOCKET=\
                    "/run/db.notify", or run it with listenerd supervise, which does [missing-notify-socket]
                    """
                )
            )
        }
    }

    @Test(arguments: [
        ("/srv/x", "www", true), ("/srv/x", "root", false), ("/srv/x", "0", false), ("/srv/x", "nobody-here", false),
        ("/srv/own/x", "www", false), ("/srv/open/x", "www", false), ("/srv/group/x", "33", false),
        ("@x", "www", false),
    ])
    func theListenerCreatesTheSocket(path: String, user: String, isFound: Bool) throws {
        let keys = "ready=notify\nenvironment=NOTIFY_SOCKET=\"\(path)\""
        for isThisMachine in [false, true] {
            let checked = try checked(keys, user: user, isThisMachine: isThisMachine)
            let severity = isThisMachine ? "error" : "warning"
            let finding = """
                13: \(severity): environment in [program:db]: NOTIFY_SOCKET is in '/srv', where www, as whom the listener runs, \
                may not create it; name a folder of that user, or a name that begins with @ [closed-notify-folder]
                """
            #expect(checked.findings(of: CheckRules.gates) == (isFound ? [finding] : []))
        }
    }

    @Test func aFolderOfASocketIsOneOfTheMachine() throws {
        let checked = try checked("ready=notify\nenvironment=NOTIFY_SOCKET=\"/none/x\"", user: "www")
        let findings = checked.findings(of: CheckRules.machine)
        #expect(
            findings == [
                """
                13: warning: environment in [program:db]: '/none' is no folder of this machine, and supervisord does not create \
                it; create it, or name another one [missing-folder]
                """
            ]
        )
    }

    @Test(arguments: [
        ("db", false), ("db:running,exited", false), ("db?", false), ("db:started", true), ("db:completed", true),
        ("", true),
    ])
    func aGateThatNobodyWaitsForIsNoted(after: String, isNoted: Bool) throws {
        let checked = try CheckedConfiguration(
            """
            [supervisord]
            [eventlistener:order]
            command=listenerd --ordered-startup
            events=PROCESS_STATE
            [program:web]
            command=x
            autostart=false
            startafter=\(after)
            [program:db]
            command=x
            ready=tcp://a:1

            """
        )
        let note = """
            11: note: no program waits for db to be ready, so its gates are tried only when somebody asks, as listenerd status \
            does [idle-gate]
            """
        #expect(checked.findings(of: CheckRules.gates) == (isNoted ? [note] : []))
    }

    private static let ineffective = """
        4: warning: ready= of a (and 1 more) has no effect: no [eventlistener:x] runs listenerd --ordered-startup; add one, or run \
        this configuration with listenerd supervise --ordered-startup, which adds it [ineffective-key]
        """

    @Test(arguments: [
        ("", [ineffective]), ("[eventlistener:e]\ncommand=listenerd --log\nevents=EVENT\n", [ineffective]),
        ("[eventlistener:e]\ncommand=sh -c \"exec listenerd --ordered-startup\"\nevents=EVENT\n", []),
        // It is said already that nothing starts it.
        ("[program:c]\ncommand=x\nautostart=false\nstartafter=a b\n", []),
    ])
    func withoutAListenerAGateHasNoEffect(sections: String, findings: [String]) throws {
        let programs = "[program:a]\ncommand=x\nready=tcp://a:1\n[program:b]\ncommand=x\nready=tcp://a:1\n"
        let checked = try CheckedConfiguration("[supervisord]\n\(programs)\(sections)")
        #expect(checked.findings(of: CheckRules.gates) == findings)
    }
}
