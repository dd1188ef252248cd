import ListenerKit

/// One item of `startafter`: a parent, what it must have reached, and whether it is optional.
struct StartAfterItem: Equatable {
    /// The name of the parent.
    let parent: String
    /// The conditions, one of which it must have reached.
    let conditions: StartupConditions
    /// Whether it is followed by `?`.
    let isOptional: Bool

    /// Reads an item.
    ///
    /// - Parameter text: The text between two spaces: `web:*:running,exited?`.
    init(_ text: Substring) {
        isOptional = text.utf8.last == UInt8(ascii: "?")
        let text = isOptional ? text.dropLast() : text
        // Names may have colons too, so what follows the last one counts as conditions only if all of it is.
        if let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
            let conditions = Self.conditions(text[text.utf8.index(after: colon)...])
        {
            parent = String(text[..<colon])
            self.conditions = conditions
        } else {
            parent = String(text)
            conditions = .running
        }
    }

    /// Returns the item as an edge of the graph.
    func dependency(on parent: Int, at location: ConfigurationLocation) -> StartupDependency {
        StartupDependency(parent: parent, conditions: conditions, isOptional: isOptional, location: location)
    }

    private static func conditions(_ text: Substring) -> StartupConditions? {
        var conditions: StartupConditions = []
        for word in text.parts(separatedBy: ",") {
            guard let condition = StartupCondition(word: word) else {
                return nil
            }
            conditions.insert(StartupConditions(only: condition))
        }
        return conditions
    }
}
