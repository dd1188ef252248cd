import Handlers
import ListenerKit

/// Finds what is wrong with an event listener that runs listenerd.
struct ListenerCheck {
    private let listener: EventListenerConfiguration
    private let program: ProgramConfiguration
    private let command: ListenerCommand
    private let loaded: LoadedPlan

    /// Looks at a listener; nil where it runs something else.
    init?(_ listener: EventListenerConfiguration, _ loaded: LoadedPlan) {
        guard let command = ListenerCommand(listener.program.command) else {
            return nil
        }
        self.listener = listener
        self.command = command
        self.loaded = loaded
        program = listener.program
    }

    /// Looks at its command, its events, and the keys that say how it runs.
    func check(_ findings: inout Findings) {
        let events = EventsCheck(listener)
        findings.add(ListenerSectionCheck(listener).repeatedEvents())
        do throws(UsageError) {
            let request = try command.request()
            events.checkNeeds(of: request, &findings)
            for (severity, message) in FatalExit.problems(ofProgramsIn: request, loaded.configuration) {
                // One command may serve all roles.
                let severity = loaded.leavesRolesOut ? .warning : severity
                findings.add(severity, command.location, "\(listener.name): \(message)")
            }
        } catch {
            findings.error(command.location, "\(listener.name) ends as soon as it is started: \(error)")
        }
        let count = loaded.configuration.processCount
        findings.add(ListenerSectionCheck(listener).smallBuffer(forProcesses: count).map { [$0] } ?? [])
        checkProcesses(&findings)
        checkRestart(&findings)
        ListenerOutputCheck(listener).check(&findings)
    }

    private func place(_ key: String) -> ConfigurationLocation {
        program.location(ofKey: key) ?? program.location
    }

    private func checkProcesses(_ findings: inout Findings) {
        if program.processCount > 1 {
            findings.warn(
                place("numprocs"),
                """
                \(listener.name) has numprocs=\(program.processCount): each of its processes gets only some of the \
                events, and takes the others for lost; set numprocs=1
                """
            )
        }
        checkStartSeconds(&findings)
    }

    /// Compares its `startsecs` with the one to recommend.
    ///
    /// Before so long, supervisord tells it nothing; but one that ends sooner cannot work, and is FATAL after some attempts. If
    /// that is a second, supervisord may look too late to see it.
    private func checkStartSeconds(_ findings: inout Findings) {
        let seconds = program.startSeconds
        if seconds > Self.recommendedStartSeconds {
            findings.warn(
                place("startsecs"),
                """
                \(listener.name) has startsecs=\(seconds), before which supervisord tells it nothing; \
                set startsecs=\(Self.recommendedStartSeconds)
                """
            )
        }
        // `supervise` looks after the one that it has added.
        if seconds < 1, listener.name != loaded.addedListener {
            findings.warn(
                place("startsecs"),
                """
                \(listener.name) has startsecs=\(seconds), so it is never FATAL: if it cannot work, supervisord starts it \
                again for ever; set startsecs=\(Self.recommendedStartSeconds)
                """
            )
        }
    }

    private static let recommendedStartSeconds = 2

    private func checkRestart(_ findings: inout Findings) {
        if !program.autostart {
            findings.warn(
                place("autostart"),
                "\(listener.name) has autostart=false, so it does nothing until somebody starts it; set autostart=true"
            )
        }
        if program.autorestart == .never, !command.endsWhenDone {
            findings.warn(
                place("autorestart"),
                """
                \(listener.name) has autorestart=false, so it stays down when it has failed once; leave it out, \
                or set autorestart=true
                """
            )
        }
        if program.autorestart == .always, command.endsWhenDone {
            findings.warn(
                place("autorestart"),
                """
                \(listener.name) ends once everything is started, and autorestart=true starts it again and again; \
                set autorestart=unexpected
                """
            )
        }
    }
}
