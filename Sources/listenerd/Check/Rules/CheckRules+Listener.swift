import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about a listener that runs listenerd.
    static let listener =
        [
            listenerCommand, fatalExitPrograms, repeatedHandler, listenerProcesses, listenerStartSeconds,
            listenerAutostart, listenerAutorestart, listenerLog, listenerLoop,
        ] + events

    /// Long enough for supervisord to notice that a listener exits at once, and to make it FATAL.
    ///
    /// With one second, supervisord may look too late. Until `startsecs` is over, it sends the listener no events.
    private static let recommendedStartSeconds = 2

    private static let listenerCommand = CheckRule(.listenerCommand) { checked, findings in
        for listener in checked.listeners {
            if case .failure(let error) = listener.request {
                findings.add(listener.command.location, "\(listener.name) exits as soon as it starts: \(error)")
            }
        }
    }

    private static let fatalExitPrograms = CheckRule(.fatalExitPrograms) { checked, findings in
        for listener in checked.listeners {
            guard let request = try? listener.request.get() else {
                continue
            }
            for (severity, message) in FatalExit.problems(ofProgramsIn: request, checked.configuration) {
                // The same command may be used with other roles.
                let severity = checked.loaded.leavesRolesOut ? .warning : severity
                findings.add(listener.command.location, "\(listener.name): \(message)", severity: severity)
            }
        }
    }

    private static let repeatedHandler = CheckRule(.repeatedHandler) { checked, findings in
        RepeatedHandlers(checked.configuration).find(&findings)
    }

    private static let listenerProcesses = CheckRule.eachListener(
        "listener-processes",
        .warning,
        "a listener with more than one process",
        reason: "supervisord gives each event to one of the processes, so that none of them sees everything."
    ) { listener, findings in
        let count = listener.program.processCount
        if count > 1 {
            findings.add(
                "numprocs",
                of: listener.program,
                """
                \(listener.name) has numprocs=\(count): each of its processes gets only some of the events, and reports the \
                rest as lost; set numprocs=1
                """
            )
        }
    }

    private static let listenerStartSeconds = CheckRule.eachListener(
        "listener-startsecs",
        .warning,
        "a listener whose startsecs is not \(recommendedStartSeconds)",
        reason: """
            supervisord sends a listener no events before startsecs is over; and one that fails later than that never \
            becomes FATAL.
            """
    ) { listener, findings in
        let seconds = listener.program.startSeconds
        if seconds > recommendedStartSeconds {
            findings.add(
                "startsecs",
                of: listener.program,
                """
                \(listener.name) has startsecs=\(seconds): until then, supervisord sends it no events; \
                set startsecs=\(recommendedStartSeconds)
                """
            )
        }
        // `supervise` watches the listener that it has added.
        if seconds < 1, listener.name != listener.loaded.addedListener {
            findings.add(
                "startsecs",
                of: listener.program,
                """
                \(listener.name) has startsecs=\(seconds), so it never becomes FATAL: if it cannot work, supervisord \
                restarts it forever; set startsecs=\(recommendedStartSeconds)
                """
            )
        }
    }

    private static let listenerAutostart = CheckRule.eachListener(
        "listener-autostart",
        .warning,
        "a listener with autostart=false",
        reason: "It does nothing until an operator starts it."
    ) { listener, findings in
        if !listener.program.autostart {
            findings.add(
                "autostart",
                of: listener.program,
                "\(listener.name) has autostart=false, so it does nothing until an operator starts it; set autostart=true"
            )
        }
    }

    private static let listenerAutorestart = CheckRule.eachListener(
        "listener-autorestart",
        .warning,
        "a listener that is not restarted when it has failed, or is restarted although it has finished",
        reason: "The first leaves its work undone; the second does it again and again."
    ) { listener, findings in
        let endsWhenDone = listener.command.endsWhenDone
        if listener.program.autorestart == .never, !endsWhenDone {
            findings.add(
                "autorestart",
                of: listener.program,
                """
                \(listener.name) has autorestart=false, so it stays down once it has failed; remove the key, or set \
                autorestart=true
                """
            )
        }
        if listener.program.autorestart == .always, endsWhenDone {
            findings.add(
                "autorestart",
                of: listener.program,
                """
                \(listener.name) exits once everything has started, but autorestart=true restarts it every time; \
                set autorestart=unexpected
                """
            )
        }
    }

    private static let listenerLog = CheckRule(
        "listener-log",
        .warning,
        "a listener whose standard output goes to a log",
        reason: "It carries nothing but READY and RESULT, one line for each event."
    ) { checked, findings in
        for listener in checked.configuration.eventListeners {
            switch listener.program.stdoutLog {
            case .file(let path) where checked.isStream(path):
                let message = "\(listener.name) writes its protocol (READY and RESULT) to \(path.quoted)"
                findings.add("stdout_logfile", of: listener.program, "\(message); set stdout_logfile=NONE")
            case .file(let path) where path == "/dev/null": break
            case .file, .syslog:
                let message = "the stdout log of \(listener.name) has nothing but its protocol (READY and RESULT)"
                findings.add("stdout_logfile", of: listener.program, "\(message); set stdout_logfile=NONE")
            case .automatic, .discarded: break
            }
        }
    }

    private static let listenerLoop = CheckRule.eachListener(
        "listener-loop",
        .warning,
        "a listener that receives its own standard error as events",
        reason: "It may write about each of these events, which causes the next one, without end."
    ) { listener, findings in
        let output: Set = ["EVENT", "PROCESS_LOG", "PROCESS_LOG_STDERR"]
        if listener.program.stderrEventsEnabled, !output.isDisjoint(with: listener.listener.events) {
            findings.add(
                "stderr_events_enabled",
                of: listener.program,
                """
                \(listener.name) receives its own standard error as events, and may write about each of them in an endless \
                loop; set stderr_events_enabled=false
                """
            )
        }
    }
}
