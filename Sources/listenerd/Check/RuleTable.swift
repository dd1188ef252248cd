import ListenerKit

/// The table of `check --rules`.
enum RuleTable {
    /// The name, the severity and the summary of each rule, in the order of their documentation.
    static var text: [UInt8] {
        var table = Table()
        for rule in CheckRules.documented {
            table.add([rule.name, rule.severity.rawValue, rule.summary])
        }
        return table.text
    }
}
