/// One section of a file, with its options in the order of their first appearance.
struct INISection: Equatable, Sendable {
    /// What stands between the brackets: `program:web`.
    let name: String
    /// Where its first header stands.
    let location: ConfigurationLocation
    /// The options, each key once.
    private(set) var options: [INIOption] = []
    /// Where a key is among `options`, kept only once looking through them all would be slow.
    private var positions: [String: Int] = [:]

    /// Up to this many options, comparing keys one by one is faster than hashing.
    private static let scanLimit = 16

    init(name: String, location: ConfigurationLocation) {
        self.name = name
        self.location = location
    }

    /// The option of a key, which must be in lower case.
    subscript(key: String) -> INIOption? {
        position(of: key).map { options[$0] }
    }

    /// Sets an option; the last one of a key wins.
    ///
    /// - Returns: The option that it replaces.
    @discardableResult
    mutating func set(_ option: INIOption) -> INIOption? {
        if let position = position(of: option.key) {
            let replaced = options[position]
            options[position] = option
            return replaced
        }
        options.append(option)
        if !positions.isEmpty {
            positions[option.key] = options.count - 1
        } else if options.count > Self.scanLimit {
            for (position, option) in options.enumerated() {
                positions[option.key] = position
            }
        }
        return nil
    }

    private func position(of key: String) -> Int? {
        // Comparing lengths first spares most of the comparisons of text.
        let length = key.utf8.count
        return positions.isEmpty
            ? options.firstIndex { $0.key.utf8.count == length && $0.key == key } : positions[key]
    }
}
