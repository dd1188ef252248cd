@testable import ListenerKit

/// Handlers as a program might declare them, for the tests of the command line.
enum Sample {
    static let handlers: [any Handler.Type] = [CrashMail.self, Log.self, Plain.self]

    struct CrashMail: Handler {
        enum Trigger: String, CaseIterable, OptionValue {
            case fatal, exit
            case allExited = "all-exited"
        }

        static let to = Option<String?>("to", "address", help: "where the mail goes")
        static let limit = Option<Int>("limit", "n", help: "how many mails an hour", default: 10)
        static let on = Option<[Trigger]>("on", "list", help: "what a mail is sent for", default: [.fatal, .exit])
        static let urgent = Option<Bool>(flag: "urgent", help: "mark mails as urgent")
        static let pause = Option<Duration>(
            "pause",
            "seconds",
            help: "how long to wait between two",
            default: .seconds(60)
        )
        static let from = Option<String?>("from", "address", help: "the sender", default: "root")

        static let name = "crash-mail"
        static let summary = "sends a mail when a process has crashed"
        static let events: [EventKind] = [.processState]
        static var options: [any OptionDeclaration] { [to, limit, on, urgent, pause, from] }

        init(_ context: Context) throws {}
    }

    struct Log: Handler {
        enum Format: String, CaseIterable, OptionValue {
            case text, json, logfmt
        }

        static let format = Option<Format>("format", "format", help: "how a line looks", default: .text)
        static let file = Option<String?>("file", "path", help: "where lines go")
        static let kinds = Option<[EventKind]>("events", "list", help: "what is logged", default: [])
        static let names = Option<[String]>("names", "list", help: "whose events are logged", default: [])

        static let name = "log"
        static let summary = "writes a line for each event"
        static let events: [EventKind] = [.event]
        static var options: [any OptionDeclaration] { [format, file, kinds, names] }

        init(_ context: Context) throws {}
    }

    struct Plain: Handler {
        static let name = "ordered-startup"
        static let summary = "has no options"
        static let events: [EventKind] = []

        init(_ context: Context) throws {}
    }

    /// Parses words that are separated by spaces; `␣` stands for a space within a word.
    static func parse(_ line: String) throws(UsageError) -> CommandLineRequest {
        let words = line.split(separator: " ").map { word in String(word.map { $0 == "␣" ? " " : $0 }) }
        return try CommandLineParser(handlers: handlers).parse(words)
    }

    /// The request of a command line that asks to listen.
    static func request(_ line: String) throws -> ListenRequest {
        guard case .listen(let request) = try parse(line) else {
            throw UsageError.other("not a request to listen")
        }
        return request
    }
}
