/// Reads the values of a section, and collects the problems with them.
struct SectionReader {
    /// The section; its names can be changed while it is read.
    var section: ConfigurationSection
    /// The problems found so far.
    private(set) var problems: [ConfigurationProblem] = []

    init(_ section: ConfigurationSection) {
        self.section = section
    }

    /// Returns the expanded value of a key; nil if there is none, or it cannot be expanded.
    mutating func text(_ key: String) -> String? {
        guard let option = section.option(key) else {
            return nil
        }
        return expand(option.text, of: option)
    }

    /// Expands text that comes from the value of a key.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - option: The option that it comes from.
    ///   - isSecondTime: Whether the text has been expanded once already, as supervisord expands a few keys twice.
    /// - Returns: The expanded text; nil if it cannot be expanded.
    mutating func expand(_ text: String, of option: INIOption, isSecondTime: Bool = false) -> String? {
        do {
            let expansion = try Expansion(text, section.names)
            if expansion.insertsEverything {
                let words = "has a % without a name, for which supervisord inserts all names and their values; write %%"
                problems.append(section.problem(.insertedEnvironment, option, words))
            }
            return expansion.text
        } catch {
            if case .unset(let variables) = error {
                problems += variables.map { ConfigurationProblem(unset: $0, at: option.location) }
            } else if isSecondTime, case .barePercent(let place) = error {
                let advice = "write %%%% for a percent sign, because supervisord expands this value twice"
                let words = "has a bare % at \(place.quoted); \(advice)"
                problems.append(section.problem(.invalidExpansion, option, words))
            } else {
                problems.append(section.problem(error.rule, option, "\(error)"))
            }
            return nil
        }
    }

    /// Returns the converted value of a key; nil if there is none, or it is invalid.
    mutating func value<Value>(_ key: String, as conversion: Conversion<Value>) -> Value? {
        guard let text = text(key) else {
            return nil
        }
        guard let value = conversion.convert(text) else {
            report(.invalidValue, key, "must be \(conversion.expectation), not \(text.quoted)")
            return nil
        }
        return value
    }

    /// Returns the items of a list that is separated by commas, without the white space around them.
    mutating func list(_ key: String) -> [String] {
        guard let text = text(key), !text.isEmpty else {
            return []
        }
        return text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(Substring($0)).strippedAsPython
        }
    }

    /// Returns the variables that the text of an `environment` defines.
    mutating func variables(in text: String, of option: INIOption) -> [String: String] {
        do {
            return try EnvironmentPairs.read(text)
        } catch {
            problems.append(section.problem(.invalidValue, option, "\(error)"))
            return [:]
        }
    }

    /// Adds a problem with a key, or with the whole section if the key is missing.
    mutating func report(
        _ rule: ConfigurationRule,
        _ key: String,
        _ words: String,
        severity: ConfigurationProblem.Severity? = nil
    ) {
        if let option = section.option(key) {
            problems.append(section.problem(rule, option, words, severity: severity))
        } else {
            report(rule, "\(key) in [\(section.name)] \(words)")
        }
    }

    /// Adds a problem with the whole section.
    mutating func report(_ rule: ConfigurationRule, _ message: String) {
        problems.append(ConfigurationProblem(rule, at: section.location, message))
    }

    /// Reads the name after the colon in the header, in which supervisord allows no space, colon or slash.
    ///
    /// - Returns: The name, even if it is invalid, for use in other messages.
    mutating func nameAfterColon() -> String {
        let bytes = section.name.utf8
        let start = bytes.firstIndex(of: UInt8(ascii: ":")).map { bytes.index(after: $0) } ?? bytes.startIndex
        let name = String(section.name[start...]).strippedAsPython
        if let character = Self.forbiddenCharacter(in: name) {
            report(.invalidName, "the name in [\(section.name)] must not contain \(character.quoted)")
        }
        return name
    }

    /// Returns the first character of a name that would break event payloads and URLs.
    static func forbiddenCharacter(in name: String) -> String? {
        let byte = name.utf8.first { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
        return byte.map { String(UnicodeScalar($0)) }
    }
}
