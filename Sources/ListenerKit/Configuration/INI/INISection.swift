/// A section, with its options in the order of their first appearance.
package struct INISection: Equatable, Sendable {
    /// The name between the brackets: `program:web`.
    package let name: String
    /// The location of its first header.
    package let location: ConfigurationLocation
    /// The options, each key once.
    package private(set) var options: [INIOption] = []
    /// The positions of keys in `options`; used only if there are so many that scanning them would be slow.
    private var positions: [String: Int] = [:]
    /// A bit for each length of a key, because most lookups are for keys that a section does not have.
    private var lengths: UInt64 = 0

    /// Up to this number of options, comparing keys one by one is faster than hashing.
    private static let scanLimit = 16
    /// The capacity to reserve: few sections have more options, so that most never grow.
    private static let usualCount = 8

    init(name: String, location: ConfigurationLocation) {
        self.name = name
        self.location = location
        options.reserveCapacity(Self.usualCount)
    }

    /// The option of a key, which must be in lower case; nil if there is none.
    package subscript(key: String) -> INIOption? {
        position(of: key).map { options[$0] }
    }

    /// Sets an option; the last one of a key wins.
    ///
    /// - Returns: The option that it replaces; nil if there was none.
    @discardableResult
    mutating func set(_ option: INIOption) -> INIOption? {
        if let position = position(of: option.key) {
            let replaced = options[position]
            options[position] = option
            return replaced
        }
        options.append(option)
        lengths |= Self.bit(of: option.key)
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
        guard lengths & Self.bit(of: key) != 0 else {
            return nil
        }
        guard positions.isEmpty else {
            return positions[key]
        }
        // Comparing lengths first avoids most comparisons of text.
        let length = key.utf8.count
        return options.indices.first { options[$0].key.utf8.count == length && options[$0].key == key }
    }

    private static func bit(of key: String) -> UInt64 {
        1 << UInt64(key.utf8.count & 63)
    }
}
