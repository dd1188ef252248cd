import ListenerKit

/// A rule of `check`, as its name stands on the command line.
struct CheckedRule: OptionValue {
    /// The rule.
    let rule: ConfigurationRule

    /// The names of all rules.
    static let optionWords = CheckRules.documented.map { $0.name }
    /// Their names are too many for a message.
    static let optionRequirement = "the name of a rule, as listenerd check --rules lists them"

    /// The name.
    var optionText: String { rule.name }

    /// Finds the rule of a name.
    init?(optionText: String) {
        guard let rule = CheckRules.documented.first(where: { $0.name == optionText }) else {
            return nil
        }
        self.rule = rule
    }
}
