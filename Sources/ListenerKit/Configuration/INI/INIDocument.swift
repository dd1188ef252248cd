/// The sections of one or more files, merged in the order in which they were read.
package struct INIDocument: Sendable {
    /// The section whose values every other one inherits.
    static let defaultsName = "DEFAULT"
    /// The one name that supervisord replaces as text, before anything is expanded, once a file has an `[include]`.
    private static let here = "%(here)s"

    /// All sections but `[DEFAULT]`, each name once, in the order of their first appearance.
    package private(set) var sections: [INISection] = []
    /// The values that every section inherits.
    package private(set) var defaults: INISection
    /// The keys that were set more than once, in the order of reading.
    private(set) var duplicates: [INIDuplicate] = []
    private var positions: [String: Int] = [:]
    /// The options that name their own directory and wait for it to be put in.
    private var mentionsOfHere: [(section: Int, key: String)] = []

    /// Makes a document without sections.
    package init() {
        defaults = INISection(name: Self.defaultsName, location: ConfigurationLocation(file: "", line: 0))
    }

    /// The section of a name, if there is one.
    package func section(named name: String) -> INISection? {
        positions[name].map { sections[$0] }
    }

    /// The section in which the options that follow a header belong, made where it is new.
    ///
    /// - Returns: Its position among the sections; nil for `[DEFAULT]`.
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

    /// Sets an option of the section at a position, or of `[DEFAULT]` where that is nil.
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
        // A file that is included twice repeats every line of itself: that is no mistake in any of its lines.
        if let replaced, replaced.location != option.location {
            let name = position.map { sections[$0].name } ?? Self.defaultsName
            duplicates.append(INIDuplicate(section: name, replaced: replaced, location: option.location))
        }
    }

    /// Replaces `%(here)s` wherever it still stands, as supervisord does after each file once there is an `[include]`.
    ///
    /// - Parameter directory: The directory of the file read last.
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

    /// A default that names its directory is copied into every section without a value of its own, as supervisord does.
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
