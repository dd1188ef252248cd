/// The section without which supervisord answers no calls.
package enum RemoteInterface {
    /// What stands between the brackets.
    package static let sectionName = "rpcinterface:supervisor"
    /// The key that says what makes the interface.
    package static let factoryKey = "supervisor.rpcinterface_factory"
    /// What makes the one that comes with supervisord.
    package static let factory = "supervisor.rpcinterface:make_main_rpcinterface"

    /// Looks for options that keep supervisord from starting: every other one of the section is an argument of the factory,
    /// which takes none.
    ///
    /// - Parameters:
    ///   - section: The section; nil where there is none yet.
    ///   - defaults: The options of `[DEFAULT]`.
    ///   - severity: How much it matters.
    /// - Returns: What is wrong, if anything.
    package static func problem(
        _ section: INISection?,
        _ defaults: [INIOption],
        _ severity: ConfigurationProblem.Severity = .error
    ) -> ConfigurationProblem? {
        guard (section?[factoryKey]?.text ?? factory) == factory else {
            return nil
        }
        return ((section?.options ?? []) + defaults).first { $0.key != factoryKey }.map { option in
            let message = """
                with \(option.key) here, supervisord cannot start: [\(sectionName)] accepts only \
                \(factoryKey); move \(option.key) to the sections that need it
                """
            return ConfigurationProblem(severity, at: option.location, message)
        }
    }
}
