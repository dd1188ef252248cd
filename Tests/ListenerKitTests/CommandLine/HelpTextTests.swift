import Testing

@testable import ListenerKit

@Suite struct HelpTextTests {
    private static let help = HelpText(program: "crashd", handlers: Sample.handlers)

    @Test func theTextShowsAllThatCanBeTyped() {
        let expected = """
            Usage: crashd [options] HANDLER...

            Runs as an event listener of supervisord: make this line the command= of an [eventlistener:x] section.

            Handlers (several can be combined):
              --crash-mail                    sends a mail when a process has crashed
              --log                           writes a line for each event
              --ordered-startup               has no options

            Options:
              -c, --config <file>             supervisord's configuration file; found automatically by default
              --server-url <url>              supervisord's RPC server, unix:///path or http://host:port; by
                                              default $SUPERVISOR_SERVER_URL, else from the configuration
              --acknowledge-within <seconds>  how long events may wait for a handler before they are
                                              acknowledged without it (default 1)
              -h, --help                      print this help and exit
              --version                       print the version and exit

            Options of --crash-mail:
              --crash-mail-to <address>       where the mail goes
              --crash-mail-limit <n>          how many mails an hour (default 10)
              --crash-mail-on <list>          what a mail is sent for (one of fatal, exit, all-exited; default
                                              fatal,exit)
              --crash-mail-urgent             mark mails as urgent
              --crash-mail-pause <seconds>    how long to wait between two (default 60)
              --crash-mail-from <address>     the sender (default root)

            Options of --log:
              --log-format <format>           how a line looks (one of text, json, logfmt; default text)
              --log-file <path>               where lines go
              --log-events <list>             what is logged
              --log-names <list>              whose events are logged

            """
        #expect(Self.help.text == expected)
    }

    @Test func noLineIsWiderThanATerminal() {
        let lines = Self.help.text.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 110 })
        #expect(lines.allSatisfy { $0.last != " " })
    }

    @Test func aLongNameStandsOnALineOfItsOwn() {
        struct Long: Handler {
            static let name = "a-name-that-leaves-no-room-for-words"
            static let summary = "does something"
            static let events: [EventKind] = []
            init(_ context: Context) throws {}
        }
        let text = HelpText(program: "x", handlers: [Long.self]).text
        let column = String(repeating: " ", count: 34)
        #expect(text.contains("\n  --a-name-that-leaves-no-room-for-words\n\(column)does something\n"))
    }
}
