import ListenerKit
import Testing

@Suite struct UsageErrorTests {
    @Test(
        arguments: [
            (.unknownOption("--x", suggestion: nil), "Unknown option '--x'"),
            (.unknownOption("--x", suggestion: "--y"), "Unknown option '--x'; did you mean '--y'?"),
            (.missingValue("--x <n>"), "Missing value for '--x <n>'"),
            (.unexpectedValue("1", option: "--x"), "The flag '--x' takes no value, but was given '1'"),
            (
                .invalidValue("1", option: "--x <n>", requirement: "", suggestion: nil),
                "The value '1' is invalid for '--x <n>'"
            ),
            (
                .invalidValue("aa", option: "--x <n>", requirement: "one of: a, b", suggestion: "a"),
                "The value 'aa' is invalid for '--x <n>'; it must be one of: a, b; did you mean 'a'?"
            ),
            (.unexpectedArgument("x", suggestion: nil), "Unexpected argument 'x'"),
            (
                .unknownSubcommand("x", suggestion: "--y", subcommands: ["a", "b"]),
                "Unexpected argument 'x'; did you mean '--y'? (subcommands, each with its own --help: a, b)"
            ),
            (.misplacedSubcommand("a"), "The subcommand 'a' must be the first argument"),
            (.missingHandler(option: "--x-y", flag: "--x"), "The option '--x-y' needs the handler '--x'"),
            (.noHandler(flags: ["--x", "--y"]), "Missing one of: '--x', '--y'"),
            (.other("Anything else"), "Anything else"),
        ] as [(UsageError, String)]
    )
    func anErrorIsOneSentence(error: UsageError, words: String) {
        #expect(error.description == words)
    }
}
