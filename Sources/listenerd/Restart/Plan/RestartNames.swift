import ListenerKit

/// Finds the processes that are meant by the names on a command line.
struct RestartNames {
    /// The processes that supervisord knows, in the order in which they start.
    private let known: [ProcessName]
    private let groups: [String: [ProcessName]]
    private let configuration: SupervisorConfiguration
    private let listeners: Set<ProcessName>

    /// Comparing with more names takes longer than a suggestion is worth.
    private static let mostCandidates = 1000

    init(_ known: [ProcessName], _ configuration: SupervisorConfiguration) {
        self.known = known
        self.configuration = configuration
        groups = Dictionary(grouping: known) { $0.group }
        listeners = Set(configuration.eventListeners.flatMap { $0.program.processes })
    }

    /// The event listeners that supervisord knows, which `all` does not mean.
    var knownListeners: [ProcessName] { known.filter { listeners.contains($0) } }

    /// Returns the processes that a name means, in the order in which they start; nil if nothing has that name.
    func processes(_ name: RestartName) -> [ProcessName]? {
        switch name {
        case .all: known.filter { !listeners.contains($0) }
        case .group(let group): groups[group]
        case .process(let process): (groups[process.group] ?? []).contains(process) ? [process] : nil
        }
    }

    /// Returns what was probably meant by a name that nothing has, or why nothing has it, as a clause; nil if nothing is near.
    func advice(for text: String) -> String? {
        let name = RestartName(text)
        if case .process(let process) = name {
            if process.group == process.process, groups[text] != nil {
                return Self.question("\(text):*")
            }
            if let meant = processesOfProgram(process), !meant.isEmpty {
                return Self.question(meant)
            }
        }
        if isConfigured(name) {
            return "supervisord has not read the configuration since that was added; run supervisorctl update"
        }
        return known.count > Self.mostCandidates ? nil : nearest(to: name, text).map { Self.question($0) }
    }

    /// Returns the name that is spelled much like one that nothing has; nil if none is.
    private func nearest(to name: RestartName, _ text: String) -> String? {
        let nearestGroup = { (group: String) in
            Suggestion.nearest(to: group, among: groups.keys.sorted()).map { "\($0):*" }
        }
        if case .group(let group) = name {
            return nearestGroup(group)
        }
        return Suggestion.nearest(to: text, among: known.map { $0.description }) ?? nearestGroup(text)
    }

    private static func question(_ meant: String) -> String { "did you mean '\(meant)'?" }

    /// Returns what supervisorctl calls the processes of a program, if a name is that of its section.
    private func processesOfProgram(_ name: ProcessName) -> String? {
        let programs = configuration.programs + configuration.eventListeners.map(\.program)
        guard let program = programs.first(where: { $0.name == name.process }) else {
            return nil
        }
        let isQualified = name.group != name.process
        let processes = program.processes.filter { known.contains($0) && (!isQualified || $0.group == name.group) }
        guard let first = processes.first, processes.count > 1 else {
            return processes.first?.description
        }
        let isGroup = Set(groups[first.group] ?? []) == Set(processes)
        return isGroup ? "\(first.group):*" : processes.map { $0.description }.joined(separator: " ")
    }

    private func isConfigured(_ name: RestartName) -> Bool {
        let configured = (configuration.programs + configuration.eventListeners.map(\.program)).flatMap { $0.processes }
        return switch name {
        case .all: false
        case .group(let group): configured.contains { $0.group == group }
        case .process(let process): configured.contains(process)
        }
    }
}
