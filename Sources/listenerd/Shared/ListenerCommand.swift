import Handlers
import ListenerKit

/// The command of an event listener that runs listenerd, by itself or through `env`.
struct ListenerCommand {
    /// The arguments behind the program.
    let arguments: [String]
    /// Where the command stands.
    let location: ConfigurationLocation

    /// Takes a command apart; nil where it runs something else, or cannot be told.
    ///
    /// What runs this very file is ours by any name.
    init?(_ command: ConfigurationValue?) {
        guard let command = ProgramCommand(command, of: "listenerd") else {
            return nil
        }
        arguments = command.arguments
        location = command.location
    }

    /// Whether a listener starts programs in order, whatever its program: ListenerKit is there to make others.
    static func startsInOrder(_ listener: EventListenerConfiguration) -> Bool {
        words(of: listener).contains("--\(OrderedStartup.name)")
    }

    /// The words of a listener's command; none where they cannot be told.
    static func words(of listener: EventListenerConfiguration) -> [String] {
        listener.program.command.flatMap { shellWords($0.text) } ?? []
    }

    /// What a listener runs that ``OrderedStartup`` replaces, also as a module or through an interpreter; nil where that is
    /// something else.
    static func replacedProgram(of listener: EventListenerConfiguration) -> String? {
        // Where listenerd itself runs, such a name is that of a file.
        guard Self(listener.program.command) == nil else {
            return nil
        }
        let words = words(of: listener)
        return ["ordered-startup-supervisord", "supervisord-dependent-startup", "supervisord_dependent_startup"].first {
            name in words.contains { $0 == name || $0.hasSuffix("/\(name)") }
        }
    }

    /// What listenerd would make of the arguments.
    func request() throws(UsageError) -> ListenRequest {
        try Program(name: "listenerd", handlers: builtInHandlers).request(arguments)
    }

    /// Whether the arguments select the handler that starts programs, even where others of them are wrong.
    var ordersStarts: Bool {
        arguments.contains("--\(OrderedStartup.name)")
    }

    /// Whether the arguments select the handler that ends supervisord.
    var endsSupervisord: Bool {
        arguments.contains("--\(FatalExit.name)")
    }

    /// Whether the listener ends by itself once it has nothing more to do.
    var endsWhenDone: Bool {
        arguments.contains("--\(OrderedStartup.name)-exit")
    }

    /// Whether the listener writes a log to a file that it opens itself.
    var keepsLogFile: Bool {
        let option = "--\(EventLog.name)-\(EventLog.file.name)"
        return arguments.contains { $0 == option || $0.utf8.starts(with: "\(option)=".utf8) }
    }
}
