import ListenerKit

/// Restarts a program that has written nothing between supervisord's tags for some time.
final class Heartbeat: ProcessCommunicationHandler, ProcessStateHandler, SnapshotHandler, AlarmHandler {
    static let name = "heartbeat"
    static let summary = "restart programs whose heartbeat has stopped"
    static var options: [any OptionDeclaration] { [programs, timeout, grace] }

    static let programs = RequiredOption<[String]>("programs", "list", help: "the programs to watch")
    static let timeout = Option<Duration>(
        "timeout",
        "seconds",
        help: "how long one may be silent",
        default: .seconds(30)
    )
    static let grace = Option<Duration>("grace", "seconds", help: "the same, after its start", default: .seconds(60))

    private let context: Context
    private let supervisor: Supervisor
    private let programs: Set<String>
    /// When each running program must have been heard of.
    private var deadlines: [ProcessName: ContinuousClock.Instant] = [:]

    init(_ context: Context) throws {
        self.context = context
        supervisor = try context.supervisor()
        programs = Set(try context[Self.programs])
    }

    func handle(_ event: ProcessCommunicationEvent) {
        expect(event.process, within: context[Self.timeout])
    }

    func handle(_ event: ProcessStateEvent) {
        if event.state == .running {
            expect(event.process, within: context[Self.grace])
        } else {
            deadlines[event.process] = nil
        }
    }

    func handle(_ snapshot: Snapshot) {
        let running = snapshot.processes.filter { $0.state == .running && !$0.isThisListener }.map { $0.name }
        deadlines = deadlines.filter { running.contains($0.key) }
        for process in running where deadlines[process] == nil {
            expect(process, within: context[Self.grace])
        }
    }

    func handle(_ event: AlarmEvent) async throws {
        defer { context.setAlarm(at: deadlines.values.min()) }
        for (process, deadline) in deadlines where deadline <= event.time {
            try await restart(process)
        }
    }

    private func restart(_ process: ProcessName) async throws {
        deadlines[process] = nil
        context.reporter.report(.warning, "restarting \(process): its heartbeat has stopped")
        try await supervisor.stopProcess(process)
        try await supervisor.startProcess(process)
    }

    private func expect(_ process: ProcessName, within timeout: Duration) {
        if programs.contains(process.group) {
            deadlines[process] = context.now + timeout
            context.setAlarm(at: deadlines.values.min())
        }
    }
}

extension Heartbeat: OptionRules {
    static func check(_ request: ListenRequest) throws(UsageError) {
        if request.value(of: grace, handler: name) < request.value(of: timeout, handler: name) {
            throw .other("'--heartbeat-grace' must not be shorter than '--heartbeat-timeout'")
        }
    }
}
