import ListenerKit

/// A section that is added to a composed configuration.
struct GeneratedSection: Sendable {
    /// A key with its value.
    struct Option: Sendable {
        let key: String
        let text: String
        /// The location that it was taken from; nil if it is new.
        var location: ConfigurationLocation?

        init(key: String, text: String, location: ConfigurationLocation? = nil) {
            self.key = key
            self.text = text
            self.location = location
        }

        /// Copies an option as written.
        init(_ option: INIOption) {
            self.init(key: option.key, text: option.text, location: option.location)
        }
    }

    /// The name between the brackets.
    let name: String
    /// The location of the header; nil if it is new.
    let location: ConfigurationLocation?
    /// The options.
    private(set) var options: [Option]

    /// Describes a section.
    ///
    /// - Parameters:
    ///   - name: The name between the brackets.
    ///   - options: The keys with their values as they are written, in which a percent sign is doubled.
    init(_ name: String, _ options: KeyValuePairs<String, String>) {
        self.init(name, options.map { Option(key: $0.key, text: $0.value) })
    }

    init(_ name: String, _ options: [Option], location: ConfigurationLocation? = nil) {
        self.name = name
        self.location = location
        self.options = options
    }
}
