import ListenerKit

/// What has been found to be wrong.
struct Findings {
    /// In the order in which it was found.
    private(set) var all: [ConfigurationProblem]
    private let files: [String]

    /// Begins with what was found when the configuration was read.
    init(_ loaded: LoadedPlan) {
        all = loaded.problems
        files = loaded.configuration.files
    }

    /// In the order of files and lines.
    var sorted: [ConfigurationProblem] {
        all.sorted(byPlaceIn: files)
    }

    /// Notes what keeps something from working.
    mutating func error(_ location: ConfigurationLocation, _ message: String) {
        add(.error, location, message)
    }

    /// Notes what is hardly meant.
    mutating func warn(_ location: ConfigurationLocation, _ message: String) {
        add(.warning, location, message)
    }

    /// Notes something of either kind.
    mutating func add(_ severity: ConfigurationProblem.Severity, _ location: ConfigurationLocation, _ message: String) {
        all.append(ConfigurationProblem(severity, at: location, message))
    }

    /// Notes what was found elsewhere.
    mutating func add(_ problems: [ConfigurationProblem]) {
        all += problems
    }
}
