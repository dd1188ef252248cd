import Handlers
import ListenerKit

/// How everything stands that `supervise` runs, for a service manager.
struct ServiceStatus: Equatable, Sendable {
    /// Whether everything is up that was to start.
    let isUp: Bool
    /// A line such as `3 of 5 up; web waits for db to be RUNNING`.
    let text: String

    /// How many of those that are not up are named.
    private static let mostNames = 3

    /// Describes a status.
    init(isUp: Bool, text: String) {
        self.isUp = isUp
        self.text = text
    }

    /// Summarizes the status of every process.
    ///
    /// Programs are counted that are to be up: not those that are stopped, or not started automatically. Listeners are only named
    /// if they are not up.
    init(_ facts: StatusFacts) {
        let configuration = facts.loaded.configuration
        let listeners = Set(configuration.eventListeners.flatMap { $0.program.processes })
        let idle = facts.loaded.processesThatNothingStarts
        let lines = StatusReport(facts).lines.filter { line in
            !idle.contains(line.name) && !(line.isUp && (line.state == .stopped || line.state == nil))
        }
        let programs = lines.filter { !listeners.contains($0.name) }
        let missing = lines.filter { !$0.isUp }
        let names = missing.prefix(Self.mostNames).map { $0.summary }
        let rest = missing.count - names.count
        let more = rest > 0 ? ["\(rest) more \(rest == 1 ? "is" : "are") not up"] : []
        let count = "\(programs.filter { $0.isUp }.count) of \(programs.count) up"
        self.init(isUp: missing.isEmpty, text: ([count] + names + more).joined(separator: "; "))
    }
}

extension StatusLine {
    /// The status of a process that is not up, in few words.
    fileprivate var summary: String {
        let state = state?.name ?? "unknown"
        switch self.state {
        case .backoff, .fatal: return "\(name) is \(state)" + (remark.isEmpty ? "" : ": \(remark)")
        default: return "\(name) \(remark.isEmpty ? "is \(state)" : remark)"
        }
    }
}

extension LoadedPlan {
    /// The processes that only a listener with `--ordered-startup` would start, if there is none.
    fileprivate var processesThatNothingStarts: Set<ProcessName> {
        guard !configuration.eventListeners.contains(where: { ListenerCommand.startsInOrder($0) }) else {
            return []
        }
        return Set(plan.programs.filter { $0.isManaged && !$0.isAutostarted }.flatMap { $0.processes })
    }
}
