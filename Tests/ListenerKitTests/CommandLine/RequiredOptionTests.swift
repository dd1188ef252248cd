import Testing

@testable import ListenerKit

@Suite struct RequiredOptionTests {
    private struct Mailer: Handler {
        static let name = "mail"
        static let summary = "sends mails"
        static let to = RequiredOption<String>("to", "address", help: "where mails go")
        static let limit = RequiredOption<Int>("limit", "n", help: "how many")
        static var options: [any OptionDeclaration] { [to, limit] }
        init(_ context: Context) throws {}
    }

    private func request(_ arguments: String...) throws -> ListenRequest {
        let parser = CommandLineParser(handlers: [Mailer.self, Sample.Log.self])
        guard case .listen(let request) = try parser.parse(arguments) else {
            throw UsageError.other("not a request to listen")
        }
        return request
    }

    @Test func aSelectedHandlerIsRefusedWithoutIt() {
        let missing = UsageError.missingOption(option: "--mail-limit <n>")
        #expect(throws: missing) { try request("--mail", "--mail-to=root") }
        #expect(missing.description == "Missing expected argument '--mail-limit <n>'")
    }

    @Test func isNotNeededByHandlersThatAreNotSelected() throws {
        let request = try request("--log")
        #expect(request.value(of: Mailer.to, handler: "mail") == nil)
    }

    @Test func itsValueHasItsType() throws {
        let request = try request("--mail", "--mail-to=root", "--mail-limit=3")
        #expect(request.value(of: Mailer.to, handler: "mail") == "root")
        #expect(request.value(of: Mailer.limit, handler: "mail") == 3)
    }

    @Test func helpSaysThatItIsRequired() {
        let text = HelpText(program: "x", handlers: [Mailer.self]).text
        #expect(text.contains("  --mail-to <address>             where mails go (required)\n"))
    }

    @Test(arguments: [[], ["--mail"]])
    func subcommandsNeedTheirsAndThoseOfSelectedHandlers(arguments: [String]) throws {
        enum Report: Subcommand {
            static let name = "report"
            static let summary = "report"
            static let to = RequiredOption<String>("to", "address", help: "where the report goes")
            static var options: [any OptionDeclaration] { [to] }
            static var handlers: [any Handler.Type] { [Mailer.self] }
            static func run(_ options: OptionValues, _ output: inout CommandOutput) throws -> ListenerKit.ExitStatus {
                .success
            }
        }
        let parser = OptionParser(Report.self)
        #expect(throws: UsageError.missingOption(option: "--to <address>")) { try parser.parse(arguments) }
        if !arguments.isEmpty {
            let missing = UsageError.missingOption(option: "--mail-to <address>")
            #expect(throws: missing) { try parser.parse(arguments + ["--to=x"]) }
        } else if case .values(let values, _) = try parser.parse(["--to=x"]) {
            #expect(try values[Report.to] == "x")
        }
    }
}
