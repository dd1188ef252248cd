import ListenerKit
import Testing

@Suite struct UsageErrorTests {
    @Test(
        arguments: [
            (.unknownOption(name: "--x", suggestion: nil), "Unknown option '--x'"),
            (.unknownOption(name: "--x", suggestion: "--y"), "Unknown option '--x'; did you mean '--y'?"),
            (.missingValue(option: "--x <n>"), "Missing value for '--x <n>'"),
            (.unexpectedValue(value: "1", option: "--x"), "The flag '--x' takes no value, but was given '1'"),
            (
                .invalidValue(value: "1", option: "--x <n>", requirement: "", suggestion: nil),
                "The value '1' is invalid for '--x <n>'"
            ),
            (
                .invalidValue(value: "aa", option: "--x <n>", requirement: "one of: a, b", suggestion: "a"),
                "The value 'aa' is invalid for '--x <n>'; it must be one of: a, b; did you mean 'a'?"
            ),
            (.unexpectedArgument(argument: "x", suggestion: nil), "Unexpected argument 'x'"),
            (
                .unknownSubcommand(argument: "x", suggestion: "--y", subcommands: ["a", "b"]),
                "Unexpected argument 'x'; did you mean '--y'? (subcommands, each with its own --help: a, b)"
            ),
            (.misplacedSubcommand(name: "a"), "The subcommand 'a' must be the first argument"),
            (.missingHandler(option: "--x-y", flag: "--x"), "The option '--x-y' needs the handler '--x'"),
            (.noHandler(flags: ["--x", "--y"]), "Missing one of: '--x', '--y'"),
            (.other("Anything else"), "Anything else"),
        ] as [(UsageError, String)]
    )
    func anErrorIsOneSentence(error: UsageError, words: String) {
        #expect(error.description == words)
    }
}
