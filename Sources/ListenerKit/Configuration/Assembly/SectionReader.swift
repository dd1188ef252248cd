/// Reads the values of one section and collects what is wrong with them.
struct SectionReader {
    /// The section, whose names may change while it is read.
    var section: ConfigurationSection
    /// What was found wrong so far.
    private(set) var problems: [ConfigurationProblem] = []

    init(_ section: ConfigurationSection) {
        self.section = section
    }

    /// The value of a key, expanded; nil where there is none, or it cannot be expanded.
    mutating func text(_ key: String) -> String? {
        guard let option = section.option(key) else {
            return nil
        }
        return expand(option.text, of: option)
    }

    /// A text that stems from the value of a key, expanded.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - option: The key that it stems from.
    ///   - isSecondTime: Whether the text has been expanded before, as supervisord does with a few keys.
    /// - Returns: The text with every name replaced; nil where it cannot be expanded.
    mutating func expand(_ text: String, of option: INIOption, isSecondTime: Bool = false) -> String? {
        do {
            let expansion = try Expansion(text, section.names)
            if expansion.pastesEverything {
                let words = "has a % without a name, for which supervisord inserts all names and their values; write %%"
                problems.append(section.problem(option, words, .warning))
            }
            return expansion.text
        } catch {
            if isSecondTime, case .barePercent(let place) = error {
                let advice = "write %%%% for a percent sign, because supervisord expands this value twice"
                problems.append(section.problem(option, "has a bare % at \(place.quoted); \(advice)"))
            } else {
                problems.append(section.problem(option, "\(error)"))
            }
            return nil
        }
    }

    /// The value of a key as something else than text; nil where there is none, or it is wrong.
    mutating func value<Value>(_ key: String, as conversion: Conversion<Value>) -> Value? {
        guard let text = text(key) else {
            return nil
        }
        guard let value = conversion.convert(text) else {
            report(key, "must be \(conversion.expectation), not \(text.quoted)")
            return nil
        }
        return value
    }

    /// The items of a list that is separated by commas, white space around them gone.
    mutating func list(_ key: String) -> [String] {
        guard let text = text(key), !text.isEmpty else {
            return []
        }
        return text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
            String(Substring($0)).strippedAsPython
        }
    }

    /// Variables, as `environment` defines them.
    mutating func variables(in text: String, of option: INIOption) -> [String: String] {
        do {
            return try EnvironmentPairs.read(text)
        } catch {
            problems.append(section.problem(option, "\(error)"))
            return [:]
        }
    }

    /// Takes note of something wrong with a key, or with the whole section where the key is missing.
    mutating func report(_ key: String, _ words: String, _ severity: ConfigurationProblem.Severity = .error) {
        if let option = section.option(key) {
            problems.append(section.problem(option, words, severity))
        } else {
            report("\(key) in [\(section.name)] \(words)")
        }
    }

    /// Takes note of something wrong with the whole section.
    mutating func report(_ message: String) {
        problems.append(ConfigurationProblem(.error, at: section.location, message))
    }

    /// The name after the colon in the header, which supervisord allows no space, colon or slash.
    ///
    /// - Returns: The name even where it is wrong, so that other messages can use it.
    mutating func nameAfterColon() -> String {
        let bytes = section.name.utf8
        let start = bytes.firstIndex(of: UInt8(ascii: ":")).map { bytes.index(after: $0) } ?? bytes.startIndex
        let name = String(section.name[start...]).strippedAsPython
        if let character = Self.forbiddenCharacter(in: name) {
            report("the name in [\(section.name)] must not contain \(character.quoted)")
        }
        return name
    }

    /// The first character that would break event payloads and URLs.
    static func forbiddenCharacter(in name: String) -> String? {
        let byte = name.utf8.first { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
        return byte.map { String(UnicodeScalar($0)) }
    }
}
