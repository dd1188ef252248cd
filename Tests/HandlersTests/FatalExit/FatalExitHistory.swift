import ExecutableTesting
import ListenerKit
import ListenerTesting
import Synchronization

@testable import Handlers

/// A random history of a supervisord that `--fatal-exit` follows, while its journal is recorded.
///
/// Processes fail, are stopped and started, and come and go with updates of the configuration; events are lost, and supervisord
/// does not always answer.
final class FatalExitHistory {
    private static let triggers = [
        "fatal", "exit", "unexpected-exit", "all-exited", "fatal,all-exited", "crash-loop=2/10",
        "fatal,crash-loop=3/60",
    ]
    private static let selections = ["", "", "", "!p0", "p0,p1,p2:*"]

    /// What was recorded.
    private final class Entries: Sendable {
        let all = Mutex<[JournalEntry]>([])
    }

    var random: SeededGenerator
    let supervisor: FakeSupervisor
    let test: TestContext
    let handler: FatalExit
    private let entries = Entries()
    var programs: [FakeProgram]
    var states: [String: ProcessState] = [:]
    var events: [Int: Event] = [:]
    var snapshots: [Int: RecordedSnapshot] = [:]
    /// The events that the handler was not given since the last snapshot.
    var lostCount = 0
    /// Events that have happened, and that the handler has not been given yet.
    var pending: [Event] = []
    private var requestCount = 0

    /// Sets up some programs, and the handler with random options.
    init(_ seed: Int) throws {
        var random = SeededGenerator(state: UInt64(seed))
        programs = (0..<Int.random(in: 2...5, using: &random)).map { Self.program("p\($0)", &random) }
        let isOrdered = Int.random(in: 0..<3, using: &random) == 0
        var arguments =
            ["--fatal-exit-on=\(Self.triggers[seed % Self.triggers.count])"] + (isOrdered ? ["--ordered-startup"] : [])
        if let selection = Self.selections.randomElement(using: &random), !selection.isEmpty {
            arguments.append("--fatal-exit-programs=\(selection)")
        }
        supervisor = try FakeSupervisor(programs)
        test = try TestContext(
            for: FatalExit.self,
            others: [OrderedStartup.self],
            arguments: arguments,
            supervisor: supervisor,
            configuration: Self.text(of: programs)
        )
        // No process can have that pid, so that no signal ends anything.
        handler = FatalExit(
            test.context,
            SupervisordShutdown(test.context, SupervisordProcess(pid: 0), statusPath: nil)
        )
        test.context.journal.follow(wantsDetails: true) { [entries] entry in entries.all.withLock { $0.append(entry) } }
        if Bool.random(using: &random) {
            // Then it goes on, whatever it decides.
            supervisor.disturb(.fault(Fault(.failed)), "shutdown")
        }
        self.random = random
    }

    private static func program(_ name: String, _ random: inout SeededGenerator) -> FakeProgram {
        FakeProgram(
            name,
            startRetries: Int.random(in: 0...2, using: &random),
            exitCodes: [[0], [0, 3]].randomElement(using: &random) ?? [0],
            autostart: Int.random(in: 0..<4, using: &random) > 0,
            autorestart: [.never, .never, .unexpected, .always].randomElement(using: &random) ?? .never,
            whenStarted: Int.random(in: 0..<4, using: &random) == 0 ? [.exits(status: 1), .runs, .isMissing] : [.runs]
        )
    }

    /// The text of a configuration; what is not started by supervisord waits for the program before it.
    private static func text(of programs: [FakeProgram]) -> String {
        let sections = programs.enumerated().map { index, program in
            let autorestart =
                switch program.autorestart {
                case .never: "false"
                case .unexpected: "unexpected"
                case .always: "true"
                }
            let parent = index == 0 ? "" : "\(programs[index - 1].name):exited"
            return """
                [program:\(program.name)]
                command=\(program.name)
                autostart=\(program.autostart)
                autorestart=\(autorestart)
                startretries=\(program.startRetries)
                exitcodes=\(program.exitCodes.map { String($0) }.joined(separator: ","))
                \(program.autostart ? "" : "startafter=\(parent)")

                """
        }
        return "[supervisord]\n" + sections.joined()
            + "[eventlistener:listener]\ncommand=listener\nevents=PROCESS_STATE\n"
    }
}

// MARK: - What happens

extension FatalExitHistory {
    /// Lets things happen, so many in number.
    func run(_ count: Int) async throws {
        try await giveSnapshot(.start)
        supervisor.autostart()
        for _ in 0..<count {
            try happen()
            try await giveEvents()
            try await advance(by: .milliseconds(Int.random(in: 1...1500, using: &random)))
            let requests = test.requestedSnapshots.count
            if requests > requestCount, Bool.random(using: &random) {
                requestCount = requests
                try await giveSnapshot(.request)
            } else if lostCount > 0, Int.random(in: 0..<3, using: &random) == 0 {
                try await giveSnapshot(.lostEvents(count: lostCount))
            }
        }
    }

    /// Does one thing to supervisord; that may be impossible just now.
    private func happen() throws {
        let name = programs.randomElement(using: &random)?.name ?? ""
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<3: try? supervisor.start(name)
        case 3..<5: try? supervisor.stop(name)
        case 5..<11: try? supervisor.exit(name, status: [0, 1, 3, 7, -1].randomElement(using: &random) ?? 0)
        case 11..<13: try? supervisor.breakDown(name)
        case 13..<15: try update()
        case 15:
            let faults: [RPCDisturbance] = [
                .rubbish, .fault(Fault(.failed)), .fault(Fault(.badName)), .httpStatus(500),
            ]
            let method = ["getAllProcessInfo", "getProcessInfo", "getState"].randomElement(using: &random)
            supervisor.disturb(faults.randomElement(using: &random) ?? .rubbish, method, times: 1)
        default: break
        }
    }

    /// Adds a program, or changes how one is judged.
    private func update() throws {
        if programs.count < 8, Bool.random(using: &random) {
            programs.append(Self.program("n\(programs.count)", &random))
            try? supervisor.add(programs[programs.count - 1])
            let group = programs[programs.count - 1].group
            record("PROCESS_GROUP_ADDED") { .processGroup(ProcessGroupEvent(header: $0, group: group, change: .added)) }
        } else if let index = programs.indices.randomElement(using: &random) {
            programs[index].exitCodes = [0, 1, 7]
            programs[index].autorestart = .never
        }
        _ = try supervisor.writeConfiguration(Self.text(of: programs))
    }

    /// Lets time pass, and gives the handler what happens meanwhile.
    func advance(by duration: Duration) async throws {
        var left = duration
        while left > .zero {
            let part = min(left, .milliseconds(300))
            left -= part
            supervisor.advance(by: part)
            test.advance(by: part)
            try await giveEvents()
            if let alarm = test.alarm, alarm <= test.now {
                await handler.handle(AlarmEvent(time: test.now))
            }
        }
    }
}

// MARK: - The record

extension FatalExitHistory {
    /// Replays what was recorded.
    func replay() throws -> ReplayRun {
        let records = entries.all.withLock { $0 }
        let details = try records.map { try JSONValue($0.details[...]) }
        return try ReplayRun(
            of: FatalExitReplay.self,
            details[0],
            Array(details.dropFirst()),
            events: events,
            snapshots: snapshots
        )
    }

    /// All decisions that were recorded.
    func recordedDecisions() throws -> [[String]] {
        try entries.all.withLock { $0 }.filter { $0.kind == .decision }.map { entry in
            try JSONValue(entry.details[...]).texts(ReplayKey.decisions)
        }
    }
}
