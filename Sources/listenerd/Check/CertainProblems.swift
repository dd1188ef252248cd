import Handlers
import ListenerKit

/// Tells which problems are known to be problems, although not everything is known: a variable is not set, the file is a template,
/// or the file that includes it is not read.
struct CertainProblems {
    private let assumesEnvironment: Bool
    private let isIncomplete: Bool
    /// The files of which only the keys are known.
    private var tagged: Set<String> = []
    /// The lines of values and headers that are filled in later.
    private var filledIn: Set<ConfigurationLocation> = []
    /// The lines of values that contain a variable that is not set.
    private let unset: Set<ConfigurationLocation>
    /// The keys whose values are not known, for each line of a section that has some.
    private var keys: [ConfigurationLocation: [String]] = [:]

    /// Finds what is not known of a configuration.
    init(_ checked: CheckedConfiguration, _ files: CheckedFiles, assumesEnvironment: Bool) {
        let configuration = checked.configuration
        self.assumesEnvironment = assumesEnvironment
        let inPlan = checked.plan.problems.filter { $0.rule == .unsetVariable }.map { $0.location }
        unset = configuration.unknownValues.union(inPlan)
        var isTemplate = false
        for file in configuration.files {
            if let template = files.template(file) {
                isTemplate = true
                filledIn.formUnion(template.lines.map { ConfigurationLocation(file: file, line: $0) })
                if template.hasTags {
                    tagged.insert(file)
                }
            }
        }
        isIncomplete = configuration.isIncomplete || isTemplate
        guard isTemplate || !unset.isEmpty else {
            return
        }
        for section in configuration.document.sections {
            add(section, isTemplate)
        }
    }

    private mutating func add(_ section: INISection, _ isTemplate: Bool) {
        let open = isTemplate ? section.options.filter { $0.text.isTemplate } : []
        filledIn.formUnion(open.map { $0.location })
        let unknown = section.options.filter { unset.contains($0.location) } + open
        guard !unknown.isEmpty else {
            return
        }
        for location in [section.location] + section.options.map({ $0.location }) {
            keys[location] = unknown.map { "\($0.key)=" }
        }
    }

    /// Returns whether a problem is one whatever is not known.
    func include(_ problem: ConfigurationProblem) -> Bool {
        if isIncomplete, problem.rule.basis == .allFiles {
            return false
        }
        if tagged.contains(problem.location.file), problem.rule.basis != .keys {
            return false
        }
        if filledIn.contains(problem.location) {
            return false
        }
        if problem.rule == .unsetVariable {
            return !assumesEnvironment
        }
        if problem.rule.basis == .keys || problem.rule == .repeatedKey {
            return true
        }
        if unset.contains(problem.location) {
            return false
        }
        let message = Array(problem.message.utf8)[...]
        return !(keys[problem.location] ?? []).contains { message.firstOccurrence(of: $0.utf8) != nil }
    }
}
