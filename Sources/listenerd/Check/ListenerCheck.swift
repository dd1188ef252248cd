import Handlers
import ListenerKit

/// Checks an event listener that runs listenerd.
struct ListenerCheck {
    private let listener: EventListenerConfiguration
    private let program: ProgramConfiguration
    private let command: ListenerCommand
    private let loaded: LoadedPlan

    /// Prepares the check of a listener; nil if it runs another program.
    init?(_ listener: EventListenerConfiguration, _ loaded: LoadedPlan) {
        guard let command = ListenerCommand(listener.program.command) else {
            return nil
        }
        self.listener = listener
        self.command = command
        self.loaded = loaded
        program = listener.program
    }

    /// Checks its command, its events, and the keys that say how it runs.
    func check(_ findings: inout Findings) {
        let events = EventsCheck(listener)
        findings.add(ListenerSectionCheck(listener).repeatedEvents())
        do throws(UsageError) {
            let request = try command.request()
            events.checkNeeds(of: request, &findings)
            for (severity, message) in FatalExit.problems(ofProgramsIn: request, loaded.configuration) {
                // The same command may be used with other roles.
                let severity = loaded.leavesRolesOut ? .warning : severity
                findings.add(severity, command.location, "\(listener.name): \(message)")
            }
        } catch {
            findings.error(command.location, "\(listener.name) exits as soon as it starts: \(error)")
        }
        let count = loaded.configuration.processCount
        findings.add(ListenerSectionCheck(listener).smallBuffer(forProcesses: count).map { [$0] } ?? [])
        checkProcesses(&findings)
        checkRestart(&findings)
        ListenerOutputCheck(listener).check(&findings)
    }

    private func location(of key: String) -> ConfigurationLocation {
        program.location(ofKey: key) ?? program.location
    }

    private func checkProcesses(_ findings: inout Findings) {
        if program.processCount > 1 {
            findings.warn(
                location(of: "numprocs"),
                """
                \(listener.name) has numprocs=\(program.processCount): each of its processes gets only some of the \
                events, and reports the rest as lost; set numprocs=1
                """
            )
        }
        checkStartSeconds(&findings)
    }

    /// Compares its `startsecs` with the recommended value.
    ///
    /// Until `startsecs` is over, supervisord sends the listener no events. But a listener that exits before that is FATAL after
    /// some attempts, as it should be if it cannot work. With one second, supervisord may look too late to notice.
    private func checkStartSeconds(_ findings: inout Findings) {
        let seconds = program.startSeconds
        if seconds > Self.recommendedStartSeconds {
            findings.warn(
                location(of: "startsecs"),
                """
                \(listener.name) has startsecs=\(seconds): until then, supervisord sends it no events; \
                set startsecs=\(Self.recommendedStartSeconds)
                """
            )
        }
        // `supervise` watches the listener that it has added.
        if seconds < 1, listener.name != loaded.addedListener {
            findings.warn(
                location(of: "startsecs"),
                """
                \(listener.name) has startsecs=\(seconds), so it never becomes FATAL: if it cannot work, supervisord \
                restarts it forever; set startsecs=\(Self.recommendedStartSeconds)
                """
            )
        }
    }

    private static let recommendedStartSeconds = 2

    private func checkRestart(_ findings: inout Findings) {
        if !program.autostart {
            findings.warn(
                location(of: "autostart"),
                "\(listener.name) has autostart=false, so it does nothing until an operator starts it; set autostart=true"
            )
        }
        if program.autorestart == .never, !command.endsWhenDone {
            findings.warn(
                location(of: "autorestart"),
                """
                \(listener.name) has autorestart=false, so it stays down once it has failed; remove the key, or set \
                autorestart=true
                """
            )
        }
        if program.autorestart == .always, command.endsWhenDone {
            findings.warn(
                location(of: "autorestart"),
                """
                \(listener.name) exits once everything has started, but autorestart=true restarts it every time; \
                set autorestart=unexpected
                """
            )
        }
    }
}
