import Handlers
import ListenerKit

/// The processes that the names on a command line mean, each once.
struct RestartChoice {
    /// The processes, in the order of the names.
    private(set) var processes: [ProcessName] = []
    /// Those that a name means alone.
    private(set) var named: Set<ProcessName> = []
    /// The event listeners that `all` leaves out.
    private(set) var listeners: [ProcessName] = []
    private var chosen: Set<ProcessName> = []

    init(_ names: [String], _ known: RestartNames) throws(UnknownRestartNames) {
        var unknown: [(String, String?)] = []
        for text in names {
            let name = RestartName(text)
            guard let meant = known.processes(name) else {
                if !unknown.contains(where: { $0.0 == text }) {
                    unknown.append((text, known.advice(for: text)))
                }
                continue
            }
            add(meant)
            if case .process = name {
                named.formUnion(meant)
            } else if name == .all {
                listeners = known.knownListeners
            }
        }
        guard unknown.isEmpty else {
            throw UnknownRestartNames(names: unknown)
        }
        listeners.removeAll { chosen.contains($0) }
    }

    /// Adds everything that depends on them, directly or by way of others.
    ///
    /// - Parameters:
    ///   - order: The order of starts.
    ///   - known: The processes that supervisord knows.
    mutating func addDependents(_ order: StartOrder, _ known: Set<ProcessName>) {
        var latest = chosen
        while !latest.isEmpty {
            let dependents = order.dependents(of: latest).flatMap { $0.program.processes }
            latest = Set(dependents.filter { known.contains($0) && !chosen.contains($0) })
            add(dependents.filter { latest.contains($0) })
        }
    }

    private mutating func add(_ names: [ProcessName]) {
        processes += names.filter { chosen.insert($0).inserted }
    }
}
