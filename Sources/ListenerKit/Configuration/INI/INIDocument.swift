/// The sections of one or more files, merged in the order in which they were read.
package struct INIDocument: Sendable {
    /// The name of the section whose values every other one inherits.
    static let defaultsName = "DEFAULT"
    /// The one name that supervisord replaces as text before it expands values, if there is an `[include]`.
    private static let here = "%(here)s"

    /// All sections but `[DEFAULT]`, each name once, in the order of their first appearance.
    package private(set) var sections: [INISection] = []
    /// The values that every section inherits.
    package private(set) var defaults: INISection
    /// The keys that were set more than once, in the order of reading.
    private(set) var duplicates: [INIDuplicate] = []
    private var positions: [String: Int] = [:]
    /// The options that contain `%(here)s` and in which it has not been replaced yet.
    private var mentionsOfHere: [(section: Int, key: String)] = []

    /// Makes a document without sections.
    package init() {
        defaults = INISection(name: Self.defaultsName, location: ConfigurationLocation(file: "", line: 0))
    }

    /// Returns the section of a name; nil if there is none.
    package func section(named name: String) -> INISection? {
        positions[name].map { sections[$0] }
    }

    /// Returns the position of the section of a header, which is added if it is new; nil for `[DEFAULT]`.
    mutating func openSection(named name: String, at location: ConfigurationLocation) -> Int? {
        if let position = positions[name] {
            return position
        }
        if name == Self.defaultsName {
            return nil
        }
        positions[name] = sections.count
        sections.append(INISection(name: name, location: location))
        return sections.count - 1
    }

    /// Sets an option of the section at a position, or of `[DEFAULT]` if that is nil.
    mutating func set(_ option: INIOption, inSectionAt position: Int?) {
        let replaced: INIOption?
        if let position {
            replaced = sections[position].set(option)
            if option.text.containsPercent, option.text.contains(bytesOf: Self.here) {
                mentionsOfHere.append((position, option.key))
            }
        } else {
            replaced = defaults.set(option)
        }
        // A file that is included twice repeats all of its lines, which is not a mistake in any of them.
        if let replaced, replaced.location != option.location {
            let name = position.map { sections[$0].name } ?? Self.defaultsName
            duplicates.append(INIDuplicate(section: name, replaced: replaced, location: option.location))
        }
    }

    /// Replaces each `%(here)s` that is left, as supervisord does after each file if there is an `[include]`.
    ///
    /// - Parameter directory: The directory of the file that was read last.
    package mutating func replaceHere(with directory: String) {
        for mention in mentionsOfHere {
            guard var option = sections[mention.section][mention.key] else {
                continue
            }
            option.text = option.text.replacing(bytesOf: Self.here, with: directory)
            sections[mention.section].set(option)
        }
        mentionsOfHere = []
        replaceInheritedHere(with: directory)
    }

    /// Copies defaults that contain `%(here)s` into each section without a value of its own, as supervisord does.
    private mutating func replaceInheritedHere(with directory: String) {
        for option in defaults.options where option.text.contains(bytesOf: Self.here) {
            var replacement = option
            replacement.text = option.text.replacing(bytesOf: Self.here, with: directory)
            for position in sections.indices where sections[position][option.key] == nil {
                sections[position].set(replacement)
            }
        }
    }
}
