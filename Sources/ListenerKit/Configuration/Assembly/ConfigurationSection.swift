/// A section, with the defaults that it inherits and the names that its values can refer to.
struct ConfigurationSection: Sendable {
    /// The section as written.
    let written: INISection
    /// The `[DEFAULT]` section, whose values it inherits.
    let defaults: INISection
    /// The names that its values can refer to.
    var names: ExpansionNames

    /// The name between the brackets.
    var name: String { written.name }

    /// The location of its first header.
    var location: ConfigurationLocation { written.location }

    /// Returns an option as written, its own or an inherited one; the key must be in lower case.
    func option(_ key: String) -> INIOption? {
        written[key] ?? defaults[key]
    }

    /// Returns the expanded value of a key; nil if there is none.
    func value(forKey key: String) throws(ConfigurationProblem) -> ConfigurationValue? {
        guard let option = option(key) else {
            return nil
        }
        do {
            return ConfigurationValue(try Expansion(option.text, names).text, at: option.location)
        } catch {
            throw problem(error.rule, option, "\(error)")
        }
    }

    /// Returns the converted value of a key; nil if there is none.
    func value<Value>(
        forKey key: String,
        as conversion: Conversion<Value>
    ) throws(ConfigurationProblem) -> Value? {
        guard let option = option(key), let text = try value(forKey: key)?.text else {
            return nil
        }
        guard let value = conversion.convert(text) else {
            throw problem(.invalidValue, option, "must be \(conversion.expectation), not \(text.quoted)")
        }
        return value
    }

    /// Returns a problem with the value of a key.
    ///
    /// - Parameters:
    ///   - rule: The rule that it breaks.
    ///   - option: The option.
    ///   - words: The words that follow "KEY in [SECTION]" in the message.
    ///   - severity: How severe it is; nil for the severity of the rule.
    /// - Returns: The problem, at the line of the key.
    func problem(
        _ rule: ConfigurationRule,
        _ option: INIOption,
        _ words: String,
        severity: ConfigurationProblem.Severity? = nil
    ) -> ConfigurationProblem {
        let isShell = rule == .invalidValue && option.text.contains(bytesOf: "${")
        let advice = isShell ? "; supervisord does not put in ${NAME}: write %(ENV_NAME)s" : ""
        let message = "\(option.key) in [\(name)] \(words)\(advice)"
        return ConfigurationProblem(rule, at: option.location, message, severity: severity)
    }
}
