/// An option as it stands on the command line, with the name of its handler in its own.
struct CommandLineOption {
    let declaration: any OptionDeclaration
    /// The name of the handler that it belongs to; nil if it belongs to the listener or a subcommand.
    let handler: String?

    init(_ declaration: any OptionDeclaration, of handler: String? = nil) {
        self.declaration = declaration
        self.handler = handler
    }

    /// The name with its hyphens: `--log-file`.
    var name: String {
        Self.name(declaration.name, of: handler)
    }

    /// The name with the placeholder of its value: `--log-file <path>`.
    var usage: String {
        declaration.valueName.map { "\(name) <\($0)>" } ?? name
    }

    /// Returns the name of an option on the command line.
    ///
    /// - Parameters:
    ///   - option: The name as declared.
    ///   - handler: The name of its handler; nil if it has none.
    /// - Returns: The name with its hyphens.
    static func name(_ option: String, of handler: String?) -> String {
        handler.map { "--\($0)-\(option)" } ?? "--\(option)"
    }
}
