import Testing

@testable import ListenerKit

@Suite struct ManualPageTests {
    private enum Send: Subcommand {
        static let to = RequiredOption<String>("to", "address", help: "where the mail goes")
        static let name = "send"
        static let summary = "send a mail"
        static let explanation = ["The mail says 'x\\y'. It is short."]
        static let exitStatus: String? = "0; 1 if no mail was sent."
        static let notes = ManualNotes(
            environment: [("MAILER", "The program that sends it.")],
            files: [("/etc/mailer", "Its configuration.")],
            examples: [("Send one:", "crashd send --to=me"), ("Look:", ".x")]
        )
        static let options: [any OptionDeclaration] = [to]
        static let handlers: [any Handler.Type] = [Sample.Plain.self]
        static let arguments: String? = "FILE..."
        static let operands: String? = "WORD"

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private enum Plain: Subcommand {
        static let name = "plain"
        static let summary = "do nothing"
        static let options: [any OptionDeclaration] = [ListenerOptions.config, ListenerOptions.serverURL]

        static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
            .success
        }
    }

    private static let page = ManualPage(
        program: Program(
            name: "crashd",
            version: "1.2",
            handlers: [Sample.Log.self, Sample.Plain.self],
            subcommands: [Send.self, Plain.self]
        ),
        date: "2026-11-21"
    )

    @Test func theSubcommandIsDescribedByItsDeclarations() {
        let expected = #"""
            .TH "CRASHD\-SEND" "1" "2026-11-21" "crashd 1.2" "User Commands"
            .nh
            .ad l
            .SH NAME
            crashd\-send \- send a mail
            .SH SYNOPSIS
            \fBcrashd send\fR [\fIoptions\fR] [\fIHANDLER\fR...] [\fIFILE...\fR] [\-\- \fIWORD\fR]
            .SH DESCRIPTION
            Send a mail.
            .PP
            The mail says \(aqx\ey\(aq.
            It is short.
            .SS "Handlers (several can be combined)"
            .TP
            \fB\-\-ordered\-startup\fR
            Has no options.
            .SH OPTIONS
            .TP
            \fB\-\-to\fR \fIaddress\fR
            where the mail goes (required)
            .TP
            \fB\-h\fR, \fB\-\-help\fR
            print this help and exit
            .SH EXIT STATUS
            0; 1 if no mail was sent.
            .PP
            As for every subcommand: 64 for a wrong command line; 71 if a system call
            failed.
            .SH ENVIRONMENT
            .TP
            \fBMAILER\fR
            The program that sends it.
            .SH FILES
            .TP
            \fB/etc/mailer\fR
            Its configuration.
            .SH EXAMPLES
            Send one:
            .PP
            .RS 4
            .nf
            crashd send \-\-to=me
            .fi
            .RE
            .PP
            Look:
            .PP
            .RS 4
            .nf
            \&.x
            .fi
            .RE
            .SH SEE ALSO
            \fBcrashd\fR(1),
            \fBcrashd\-plain\fR(1),
            \fIhttp://supervisord.org/\fR

            """#
        #expect(Self.page.text(of: Send.self) == expected)
    }

    @Test func sectionsThatHaveNothingToSayAreLeftOut() {
        let page = Self.page.text(of: Plain.self)
        let titles = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }.map { String($0.dropFirst(4)) }
        let expected = [
            "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO",
        ]
        #expect(titles == expected)
    }

    @Test func theProgramHasItsHandlersAndSubcommands() {
        let lines = Self.page.text(of: nil).split(separator: "\n").map { String($0) }
        let expected = [
            #"\fBcrashd\fR [\fIoptions\fR] \fIHANDLER\fR..."#, "Writes a line for each event.", "Needs events=EVENT.",
            #"\fBsend\fR"#, "Send a mail.", #".SS "Options of \-\-log""#, #"\fB\-\-log\-format\fR \fIformat\fR"#,
            "how a line looks (one of text, json, logfmt; default text)", #"\fB\-\-version\fR"#,
            #"\fBSUPERVISOR_SERVER_URL\fR"#, "[eventlistener:crashd]", #"command=crashd \-\-log"#, "events=EVENT",
            #"\fBcrashd\-send\fR(1),"#,
        ]
        for line in expected {
            #expect(lines.contains(line), "\(line)")
        }
        #expect(!lines.contains(#"\fBcrashd\fR(1),"#))
    }
}
