/// A section with everything that its values may refer to.
struct ConfigurationSection: Sendable {
    /// The section as written.
    let written: INISection
    /// The values that it inherits.
    let defaults: INISection
    /// The names that its values may refer to.
    var names: ExpansionNames

    /// What stands between the brackets.
    var name: String { written.name }

    /// Where the first header of the section stands.
    var location: ConfigurationLocation { written.location }

    /// An option as written, its own or an inherited one; the key must be in lower case.
    func option(_ key: String) -> INIOption? {
        written[key] ?? defaults[key]
    }

    /// The value of a key, expanded.
    func value(forKey key: String) throws(ConfigurationProblem) -> ConfigurationValue? {
        guard let option = option(key) else {
            return nil
        }
        do {
            return ConfigurationValue(try Expansion(option.text, names).text, at: option.location)
        } catch {
            throw problem(option, "\(error)")
        }
    }

    /// The value of a key as something else than text.
    func value<Value>(
        forKey key: String,
        as conversion: Conversion<Value>
    ) throws(ConfigurationProblem) -> Value? {
        guard let option = option(key), let text = try value(forKey: key)?.text else {
            return nil
        }
        guard let value = conversion.convert(text) else {
            throw problem(option, "must be \(conversion.expectation), not \(text.quoted)")
        }
        return value
    }

    /// A problem with the value of a key.
    ///
    /// - Parameters:
    ///   - option: The key with its value.
    ///   - words: What goes on after "KEY in [SECTION]".
    ///   - severity: How much it matters.
    /// - Returns: The problem, at the line of the key.
    func problem(
        _ option: INIOption,
        _ words: String,
        _ severity: ConfigurationProblem.Severity = .error
    ) -> ConfigurationProblem {
        ConfigurationProblem(severity, at: option.location, "\(option.key) in [\(name)] \(words)")
    }
}
