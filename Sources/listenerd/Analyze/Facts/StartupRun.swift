import Handlers
import ListenerKit

/// What a log says of one run of supervisord, from the beginning of its first listener.
struct StartupRun {
    /// When it began.
    let beginning: Timestamp
    /// The plan by which ordered startup went; nil if the log has none.
    private(set) var plan: StartupPlan?
    /// Why the log's plan cannot be read; nil if it can, or if there is none.
    private(set) var unreadablePlan: String?
    /// The processes, in the order in which the log first names them.
    private(set) var names: [ProcessName] = []
    /// What it says of them.
    private(set) var processes: [ProcessName: ProcessHistory] = [:]
    /// When ordered startup knew for the first time how things stood.
    private(set) var firstSnapshot: Double?
    /// When the last line was written.
    private(set) var end = 0.0
    /// The names of the listeners' pools, whose processes are no programs.
    private(set) var pools: Set<String> = []
    /// `autorestart` of the processes of the plan.
    private var autorestarts: [ProcessName: Autorestart] = [:]

    /// Begins with the first line.
    init(_ line: LoggedLine) {
        beginning = line.time
        add(line)
    }

    /// Whether anything was started in it, or was up.
    var hasProcesses: Bool { processes.values.contains { $0.started < .infinity } }

    /// Adds the next line.
    mutating func add(_ line: LoggedLine) {
        let time = max(0, line.time.seconds(since: beginning))
        end = max(end, time)
        switch line.content {
        case .event(.processState(let change)):
            pools.insert(change.header.pool)
            let autorestart = autorestarts[change.process]
            update(change.process) { $0.apply(change, at: time, autorestart, line.object) }
        case .entry(.begin): begin(line.details)
        case .entry(.snapshot): apply(snapshot: line.details, at: time)
        case .entry(.ready): line.process.map { update($0) { $0.becomeReady(at: time) } }
        case .entry(.input): applyAnswer(line.details, at: time)
        case .event, .entry, .message, .other: break
        }
    }

    private mutating func begin(_ details: JSONValue?) {
        guard plan == nil, let record = details?["plan"] else {
            return
        }
        do throws(MalformedRecord) {
            let plan = try StartupPlan(record)
            for program in plan.programs {
                for process in program.processes {
                    autorestarts[process] = program.autorestart
                }
            }
            self.plan = plan
            unreadablePlan = nil
        } catch {
            unreadablePlan = error.reason
        }
    }

    private mutating func apply(snapshot: JSONValue?, at time: Double) {
        firstSnapshot = firstSnapshot ?? time
        for process in snapshot?["processes"]?.elements ?? [] {
            guard let name = ProcessName(logged: process),
                let state = process["state"]?.text.flatMap({ ProcessState(name: $0) })
            else {
                continue
            }
            if process["listener"]?.boolean == true {
                pools.insert(name.group)
            }
            let start = process["start"]?.integer.map { Timestamp(seconds: $0).seconds(since: beginning) }
            update(name) { $0.apply(snapshot: state, startedAt: start, at: time) }
        }
    }

    /// Follows supervisord's answer to a start: of one that it has refused, there is no event.
    private mutating func applyAnswer(_ details: JSONValue?, at time: Double) {
        guard let details, details["kind"]?.text == "answer", let reason = details["reason"]?.text,
            details["outcome"]?.text != "unconfirmed",
            let process = details["process"]?.text.flatMap({ ProcessName($0) })
        else {
            return
        }
        update(process) { $0.refuse(reason, at: time) }
    }

    private mutating func update(_ name: ProcessName, _ change: (inout ProcessHistory) -> Void) {
        if processes[name] == nil {
            names.append(name)
        }
        change(&processes[name, default: ProcessHistory()])
    }
}
