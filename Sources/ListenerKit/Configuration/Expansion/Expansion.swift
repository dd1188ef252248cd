/// A value expanded by Python's `%` operator.
struct Expansion: Equatable {
    /// The expanded text.
    private(set) var text: String
    /// Whether there was a `%s` without a name, for which Python inserts all names and values, including the whole environment.
    private(set) var insertsEverything = false

    /// Expands a value.
    ///
    /// - Throws: ``ExpansionError`` if Python rejects the value.
    init(_ template: String, _ names: ExpansionNames) throws(ExpansionError) {
        guard template.containsPercent else {
            text = template
            return
        }
        var formatter = PercentFormatter(template, names)
        text = try formatter.format()
        insertsEverything = formatter.insertsEverything
    }
}
