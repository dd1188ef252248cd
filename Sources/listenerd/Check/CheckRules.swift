import Handlers
import ListenerKit

/// All rules, in one place.
enum CheckRules {
    /// The rules that are applied to a configuration once it has been read, in the order of their documentation.
    static let all: [CheckRule] =
        sections + keys + continuations + server + startup + listener + access + machine + commands + shell + programs
        + foreground + logs + logKeys + gates + stop

    /// Every rule by which a problem can be reported, in the order of their documentation.
    static let documented: [ConfigurationRule] = {
        let rules =
            ConfigurationRule.reading + [Template.rule, DisablingComments.unknownRule] + ConfigurationRule.ofStartup
            + ConfigurationRule.ofComposition
            + all.map { $0.rule }
        var seen: Set<ConfigurationRule> = []
        return rules.filter { seen.insert($0).inserted }
    }()
}
