import Handlers
import ListenerKit

/// The longest times of a stop: in the reverse of the order of starts, and by supervisord alone.
struct PlannedStop {
    /// The stop in order.
    let forecast: StopForecast
    /// The stop by supervisord alone, which is nudged.
    let budget: StopBudget
    /// Whether programs are started in order, and so stop in order.
    let hasOrder: Bool
    private let listenerCount: Int

    /// How many names are worth reading in one line.
    private static let mostNames = 5

    /// Adds up the times of a configuration.
    init(_ startup: StartupPlan, _ configuration: SupervisorConfiguration) {
        let plan = StopPlan(startup, configuration)
        forecast = StopForecast(plan)
        budget = StopBudget(configuration, isNudged: true)
        hasOrder = startup.programs.contains { $0.isManaged }
        listenerCount = plan.listeners.count
    }

    /// Returns whether a step is that of an event listener.
    func isListener(_ step: Int) -> Bool { step >= forecast.steps.count - listenerCount }

    /// Both times in one line.
    var summary: String {
        "stop: at most \(forecast.seconds) s in order, \(budget.seconds) s by supervisord alone"
    }

    /// The longest chain, without what takes no time: `worker 60 s, web 10 s and 3 more`; nil if nothing takes time.
    var chain: String? {
        let slow = forecast.longestChain.map { forecast.steps[$0] }.filter { $0.seconds > 0 }
        return Self.named(slow.map { ($0.program ?? "", $0.seconds) })
    }

    /// supervisord's groups, the slowest first, without those that take no time; nil if none takes time.
    var groups: String? {
        Self.named(budget.groups.filter { $0.seconds > 0 })
    }

    private static func named(_ times: [(name: String, seconds: Int)]) -> String? {
        var words = times.prefix(mostNames).map { "\($0.name) \($0.seconds) s" }
        if times.count > words.count {
            words.append("\(times.count - words.count) more")
        }
        return words.isEmpty ? nil : listed(words)
    }
}
