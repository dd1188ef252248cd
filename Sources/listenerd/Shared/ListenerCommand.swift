import Handlers
import ListenerKit

/// The command of an event listener that runs listenerd, directly or through `env`.
struct ListenerCommand {
    /// The arguments after the program.
    let arguments: [String]
    /// The location of `command=`.
    let location: ConfigurationLocation

    /// Parses a command; nil if it runs another program, or cannot be parsed.
    ///
    /// A command that runs the executable of this process runs listenerd, whatever its name.
    init?(_ command: ConfigurationValue?) {
        self.init(ProgramCommand(command, of: "listenerd"))
    }

    /// Examines the words of a command; nil results if it runs another program.
    init?(words: [String], at location: ConfigurationLocation) {
        self.init(ProgramCommand(words: words, at: location, of: "listenerd"))
    }

    private init?(_ command: ProgramCommand?) {
        guard let command else {
            return nil
        }
        arguments = command.arguments
        location = command.location
    }

    /// Whether a listener starts programs in order, whatever its program, which may be built with ListenerKit.
    static func startsInOrder(_ listener: EventListenerConfiguration) -> Bool {
        words(of: listener).contains("--\(OrderedStartup.name)")
    }

    /// Returns the words of a listener's command; none if it cannot be parsed.
    static func words(of listener: EventListenerConfiguration) -> [String] {
        listener.program.command.flatMap { shellWords($0.text) } ?? []
    }

    /// Returns the program that a listener runs and ``OrderedStartup`` replaces, also as a module or through an interpreter; nil
    /// if there is none.
    static func replacedProgram(of listener: EventListenerConfiguration) -> String? {
        // In a command of listenerd itself, such a name is that of a file.
        guard Self(listener.program.command) == nil else {
            return nil
        }
        let words = words(of: listener)
        return ["ordered-startup-supervisord", "supervisord-dependent-startup", "supervisord_dependent_startup"].first {
            name in words.contains { $0 == name || $0.hasSuffix("/\(name)") }
        }
    }

    /// Parses the arguments as listenerd does.
    func request() throws(UsageError) -> ListenRequest {
        try Program(name: "listenerd", handlers: builtInHandlers).request(arguments)
    }

    /// Whether the arguments select ordered startup, even if others of them are wrong.
    var ordersStarts: Bool {
        arguments.contains("--\(OrderedStartup.name)")
    }

    /// Whether the arguments select fatal exit, which shuts down supervisord.
    var endsSupervisord: Bool {
        arguments.contains("--\(FatalExit.name)")
    }

    /// Whether the listener exits by itself once everything has started.
    var endsWhenDone: Bool {
        arguments.contains("--\(OrderedStartup.name)-exit")
    }

    /// Whether the log goes to what its own standard output would be, if that did not carry the protocol.
    var logsToStandardOutput: Bool {
        guard let request = try? request() else {
            return false
        }
        let file = request.value(of: EventLog.file, handler: EventLog.name)
        return file.map { RelayedOutput.isStandardOutput($0) } ?? false
    }

    /// Whether the arguments select the log.
    var keepsLog: Bool {
        arguments.contains("--\(EventLog.name)")
    }

    /// Whether the listener itself opens a log file.
    var keepsLogFile: Bool {
        let option = "--\(EventLog.name)-\(EventLog.file.name)"
        return arguments.contains { $0 == option || $0.utf8.starts(with: "\(option)=".utf8) }
    }
}
