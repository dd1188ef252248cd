import ListenerKit

@testable import listenerd

/// Programs as supervisord runs them, a tenth of a second at a time.
struct SimulatedPrograms {
    /// A process.
    struct Process {
        var state = ProcessState.running
        var pid: Int? = 1
        /// The ticks until its next state.
        var ticks = 0
        /// How many ticks it takes to stop.
        var stopTicks = 2
        /// How many ticks it takes to be RUNNING.
        var startTicks = 2
        /// How many ticks it is RUNNING before it is ready; nil if it has no gates.
        var gateTicks: Int?
        /// Whether its next starts fail.
        var isBroken = false
        var exitStatus = 0
    }

    /// The processes by their names.
    var processes: [ProcessName: Process] = [:]
    /// What was done, in order.
    private(set) var calls: [String] = []
    private var nextPID = 100
    private(set) var now = ContinuousClock.now

    /// Runs some processes.
    init(_ names: [ProcessName]) {
        for (index, name) in names.sorted().enumerated() {
            processes[name] = Process(pid: index + 1)
        }
    }

    subscript(name: String) -> Process {
        get { ProcessName(name).flatMap { processes[$0] } ?? Process() }
        set {
            if let name = ProcessName(name) {
                processes[name] = newValue
            }
        }
    }

    /// How everything stands.
    var observation: RestartObservation {
        var readiness: [ProcessName: RestartReadiness] = [:]
        for (name, process) in processes where process.state == .running {
            readiness[name] = process.gateTicks.map { $0 <= 0 ? .ready : .waiting("gate") }
        }
        return RestartObservation(
            processes.map { name, process in
                var information = ProcessInformation(name: name, state: process.state, pid: process.pid)
                information.exitStatus = process.exitStatus
                return information
            },
            readiness
        )
    }

    /// Does what a restart wants done.
    ///
    /// - Returns: supervisord's fault, if it refuses.
    mutating func carryOut(_ action: RestartAction) -> (ProcessName, Fault)? {
        switch action {
        case .stop(let name):
            calls.append("stop \(name)")
            return stop(name).map { (name, $0) }
        case .start(let name):
            calls.append("start \(name)")
            return start(name).map { (name, $0) }
        case .report(let process):
            calls.append("report \(process.name)")
            return nil
        }
    }

    /// Tells a process to stop.
    mutating func stop(_ name: ProcessName) -> Fault? {
        guard var process = processes[name] else {
            return Fault(.badName, name.description)
        }
        defer { processes[name] = process }
        switch process.state {
        case .running, .starting:
            process.state = .stopping
            process.ticks = process.stopTicks
        case .backoff: process.state = .stopped
        default: return Fault(.notRunning, name.description)
        }
        return nil
    }

    /// Starts a process.
    mutating func start(_ name: ProcessName) -> Fault? {
        guard var process = processes[name] else {
            return Fault(.badName, name.description)
        }
        defer { processes[name] = process }
        switch process.state {
        case .stopped, .exited, .fatal: spawn(&process)
        case .running, .starting, .backoff: return Fault(.alreadyStarted, name.description)
        default: break
        }
        return nil
    }

    private mutating func spawn(_ process: inout Process) {
        nextPID += 1
        process.state = .starting
        process.pid = nextPID
        process.ticks = process.startTicks
        process.gateTicks = process.gateTicks.map { _ in process.startTicks }
    }

    /// A process exits by itself, unexpectedly.
    mutating func exit(_ name: ProcessName) {
        if processes[name]?.state == .running {
            processes[name]?.state = .exited
            processes[name]?.pid = nil
            processes[name]?.exitStatus = 1
        }
    }

    /// Lets a tenth of a second pass.
    mutating func pass() {
        now += .milliseconds(100)
        for name in processes.keys.sorted() {
            guard var process = processes[name] else {
                continue
            }
            process.ticks -= 1
            switch process.state {
            case .stopping where process.ticks <= 0:
                process.state = .stopped
                process.pid = nil
            case .starting where process.ticks <= 0 && process.isBroken:
                process.state = .backoff
                process.pid = nil
                process.ticks = 2
            case .starting where process.ticks <= 0: process.state = .running
            case .running: process.gateTicks = process.gateTicks.map { $0 - 1 }
            case .backoff where process.ticks <= 0: process.state = .fatal
            case .exited where process.exitStatus != 0: spawn(&process)
            default: break
            }
            processes[name] = process
        }
    }
}
