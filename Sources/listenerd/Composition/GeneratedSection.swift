import ListenerKit

/// A section that is added to a composed configuration.
struct GeneratedSection: Sendable {
    /// One key with its value.
    struct Option: Sendable {
        let key: String
        let text: String
        /// Where it was taken from; nil where it is new.
        var location: ConfigurationLocation?

        init(key: String, text: String, location: ConfigurationLocation? = nil) {
            self.key = key
            self.text = text
            self.location = location
        }

        /// Takes one over as it is written.
        init(_ option: INIOption) {
            self.init(key: option.key, text: option.text, location: option.location)
        }
    }

    /// What stands between the brackets.
    let name: String
    /// The keys with their values.
    private(set) var options: [Option]

    /// Describes a section.
    ///
    /// - Parameters:
    ///   - name: What stands between the brackets.
    ///   - options: The keys with their values, as they are to be written: a percent sign is doubled in them.
    init(_ name: String, _ options: KeyValuePairs<String, String>) {
        self.init(name, options.map { Option(key: $0.key, text: $0.value) })
    }

    init(_ name: String, _ options: [Option]) {
        self.name = name
        self.options = options
    }
}
