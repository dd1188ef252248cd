import Handlers
import ListenerKit

/// The command of an event listener that runs listenerd.
struct ListenerCommand {
    /// The arguments behind the program.
    let arguments: [String]
    /// Where the command stands.
    let location: ConfigurationLocation

    /// Takes a command apart; nil where it runs something else, or cannot be told.
    ///
    /// What runs this very file is ours by any name.
    init?(_ command: ConfigurationValue?) {
        guard let command, let words = shellWords(command.text), let program = words.first,
            program.split(separator: "/").last == "listenerd" || program == executablePath()
        else {
            return nil
        }
        arguments = Array(words.dropFirst())
        location = command.location
    }

    /// What listenerd would make of the arguments.
    func request() throws(UsageError) -> ListenRequest {
        switch try CommandLineParser(handlers: builtInHandlers).parse(arguments) {
        case .listen(let request): return request
        case .help, .version: throw .other("It prints something and ends, instead of listening")
        }
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
}
