import ListenerKit

/// The problems found in a configuration.
struct Findings {
    /// The problems, in the order in which they were found.
    private(set) var all: [ConfigurationProblem]
    private let files: [String]

    /// Creates the list with the problems that reading the configuration has found.
    init(_ loaded: LoadedPlan) {
        all = loaded.problems
        files = loaded.configuration.files
    }

    /// The problems, in the order of files and lines.
    var sorted: [ConfigurationProblem] {
        all.sorted(byPlaceIn: files)
    }

    /// Records an error, which keeps something from working.
    mutating func error(_ location: ConfigurationLocation, _ message: String) {
        add(.error, location, message)
    }

    /// Records a warning.
    mutating func warn(_ location: ConfigurationLocation, _ message: String) {
        add(.warning, location, message)
    }

    /// Records a problem.
    mutating func add(_ severity: ConfigurationProblem.Severity, _ location: ConfigurationLocation, _ message: String) {
        all.append(ConfigurationProblem(severity, at: location, message))
    }

    /// Notes what was found elsewhere.
    mutating func add(_ problems: [ConfigurationProblem]) {
        all += problems
    }
}
