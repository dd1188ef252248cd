/// What a value on the command line names, so that a shell can complete it.
///
/// ```swift
/// static let folder = Option<String?>("folder", "dir", .directory, help: "where mails are kept")
/// static let to = Option<String?>("to", "address", .oneOf { _, _ in readAddressBook() }, help: "where mails go")
/// ```
///
/// The words of an ``OptionValue`` that lists them are completed whatever the kind is.
public struct ValueKind: Sendable {
    /// The values that a shell offers.
    enum Values: Sendable {
        case none
        case files
        case directories
        case commands
        case processes(others: [String])
        case subcommands
        case names(@Sendable (OptionValues, String) throws -> [String])
    }

    let values: Values

    /// Something that cannot be completed, such as a number.
    public static let other = ValueKind(values: .none)
    /// The path of a file.
    public static let file = ValueKind(values: .files)
    /// The path of a directory.
    public static let directory = ValueKind(values: .directories)
    /// A command: a program on the `PATH`, or the path of one.
    public static let command = ValueKind(values: .commands)
    /// A process of the configuration at hand, as `supervisorctl` takes it: `web`, `group:web` or `group:*`.
    public static let process = process(or: [])
    /// A subcommand of the program.
    static let subcommand = ValueKind(values: .subcommands)

    /// Returns the kind of a process of the configuration at hand, or some other word.
    ///
    /// - Parameter words: The other words, such as `all`.
    /// - Returns: The kind.
    public static func process(or words: [String]) -> ValueKind {
        ValueKind(values: .processes(others: words))
    }

    /// Returns the kind of a name that is looked up when a shell asks for it.
    ///
    /// - Parameter names: Returns the names, given the options before this one, and the text that has been typed. It runs for
    ///   each press of the Tab key; if it throws, nothing is offered.
    /// - Returns: The kind.
    public static func oneOf(
        _ names: @escaping @Sendable (_ options: OptionValues, _ text: String) throws -> [String]
    ) -> ValueKind {
        ValueKind(values: .names(names))
    }
}
