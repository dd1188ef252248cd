/// A value after Python's `%` operator.
struct Expansion: Equatable {
    /// The text with every name replaced.
    private(set) var text: String
    /// Whether it has a `%s` without a name: Python puts all names and values there, the whole environment among them.
    private(set) var pastesEverything = false

    /// Expands a value.
    ///
    /// - Throws: ``ExpansionError`` for what makes Python refuse the value.
    init(_ template: String, _ names: ExpansionNames) throws(ExpansionError) {
        guard template.containsPercent else {
            text = template
            return
        }
        var formatter = PercentFormatter(template, names)
        text = try formatter.format()
        pastesEverything = formatter.pastesEverything
    }
}
