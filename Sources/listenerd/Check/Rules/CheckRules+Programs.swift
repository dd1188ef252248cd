import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about how programs are started and stopped.
    static let programs = [endlessRestart, noGrace, listenerAsProgram]

    private static let endlessRestart = CheckRule(
        "endless-restart",
        .warning,
        "a program with startsecs=0 and autorestart=true",
        reason: """
            It can never become FATAL: if it fails at once, supervisord starts it again and again, without a pause, and nothing \
            notices.
            """
    ) { checked, findings in
        for program in checked.configuration.programs
        where program.startSeconds == 0 && program.autorestart == .always {
            findings.add(
                "startsecs",
                of: program,
                """
                \(program.name) has startsecs=0 and autorestart=true: it never becomes FATAL, and is restarted without end; set \
                startsecs=1, or autorestart=false if it is to run once
                """
            )
        }
    }

    private static let noGrace = CheckRule(
        "no-grace",
        .warning,
        "a program with stopwaitsecs=0",
        reason: "supervisord kills it right after the stop signal, before it can react: what it was doing is lost."
    ) { checked, findings in
        for program in checked.allPrograms where program.stopWaitSeconds <= 0 {
            findings.add(
                "stopwaitsecs",
                of: program,
                """
                \(program.name) has stopwaitsecs=\(program.stopWaitSeconds): it is killed right after the stop signal, before it \
                can react; set stopsignal=KILL if that is meant, or give it some seconds
                """
            )
        }
    }

    private static let listenerAsProgram = CheckRule(
        "listener-as-program",
        .error,
        "an event listener in a [program:x]",
        reason: "supervisord sends it no events, so that it exits, or waits forever."
    ) { checked, findings in
        for program in checked.configuration.programs {
            guard let command = program.command, let name = listenerName(command) else {
                continue
            }
            findings.add(
                program.location,
                """
                \(program.name) runs \(name), an event listener, which gets no events as a program; write \
                [eventlistener:\(program.name)] with events=
                """
            )
        }
    }

    /// Returns the name of the event listener that a command runs; nil if it runs something else.
    private static func listenerName(_ command: ConfigurationValue) -> String? {
        if let listener = ListenerCommand(command) {
            // A subcommand comes first, and takes handlers too.
            let isSubcommand = listener.arguments.first?.utf8.first != UInt8(ascii: "-")
            let hasHandler = listener.arguments.contains { word in builtInHandlers.contains { word == "--\($0.name)" } }
            return hasHandler && !isSubcommand ? "listenerd" : nil
        }
        let words = shellWords(command.text) ?? []
        let program = words.first { !$0.utf8.contains(UInt8(ascii: "=")) && PathText.name(of: $0) != "env" }
        return program.map { PathText.name(of: $0) }.flatMap { knownListeners.contains($0) ? $0 : nil }
    }

    /// Programs that do nothing but listen, by the names of their files.
    private static let knownListeners: Set = [
        "crashmail", "crashmailbatch", "crashsms", "fatalmailbatch", "httpok", "memmon", "ordered-startup-supervisord",
        "supervisor_stdout", "supervisord-dependent-startup", "supervisor-stdout",
    ]
}
