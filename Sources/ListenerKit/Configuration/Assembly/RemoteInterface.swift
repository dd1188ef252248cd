/// The `[rpcinterface:supervisor]` section, without which supervisord answers no RPC calls.
package enum RemoteInterface {
    /// The name between the brackets.
    package static let sectionName = "rpcinterface:supervisor"
    /// The key that names the function which makes the interface.
    package static let factoryKey = "supervisor.rpcinterface_factory"
    /// The function that makes supervisord's own interface.
    package static let factory = "supervisor.rpcinterface:make_main_rpcinterface"

    /// Returns the problem with an option that keeps supervisord from starting, if there is one.
    ///
    /// Each option of the section but the factory is an argument of the factory, which takes none.
    ///
    /// - Parameters:
    ///   - section: The section; nil if it does not exist yet.
    ///   - defaults: The options of `[DEFAULT]`, which the section inherits.
    ///   - severity: How severe the problem is.
    /// - Returns: The problem; nil if there is none.
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
            return ConfigurationProblem(.rpcInterface, at: option.location, message, severity: severity)
        }
    }
}
