import ListenerKit

/// What is counted, and what is known, of all processes of a supervisord.
struct SupervisorMetrics {
    private var memory = ProcessMemory<ProcessName, ProcessMetrics>()
    /// How many events were lost.
    private(set) var lostEvents = 0
    /// How long the latest ordered startup took; nil if that is not known.
    private(set) var startupMilliseconds: Int?
    /// Tells a program that is FATAL from one that supervisord makes FATAL during its shutdown.
    private var failedStarts = FailedStarts()

    /// Begins to count.
    init() {}

    /// Goes on from what an earlier listener has counted.
    init(counted processes: [ProcessName: ProcessMetrics], lostEvents: Int, startupMilliseconds: Int?) {
        for (name, process) in processes {
            memory[name] = process
        }
        self.lostEvents = lostEvents
        self.startupMilliseconds = startupMilliseconds
    }

    /// The processes that supervisord has.
    var processes: [ProcessName: ProcessMetrics] { memory.values }

    /// Whether only a snapshot can tell what is missing.
    var isIncomplete: Bool { processes.values.contains { $0.isIncomplete } }

    /// Counts by one change of state.
    ///
    /// - Parameters:
    ///   - change: The change.
    ///   - program: The program of the process.
    ///   - now: The present time, which is asked for only if the process is new.
    mutating func apply(
        _ change: ProcessStateEvent,
        of program: MeteredProgram,
        at now: @autoclosure () -> ContinuousClock.Instant
    ) {
        let process = change.process
        failedStarts.apply(change.transition, to: process)
        // supervisord gives up what it would still try to start only if it is being shut down.
        let hasTriesLeft = program.startRetries.flatMap { retries in failedStarts[process].map { $0 <= retries } }
        memory.update(process) { metrics in
            var known = metrics ?? ProcessMetrics(firstSeen: now())
            known.apply(change, of: program, isShutdown: hasTriesLeft ?? false)
            metrics = known
        }
    }

    /// Records the status with which a process has exited.
    mutating func learn(exitStatus: Int, of process: ProcessName) {
        memory[process]?.learn(exitStatus: exitStatus)
    }

    /// Adopts what a snapshot tells, and forgets the processes that supervisord does not have any more.
    ///
    /// - Parameters:
    ///   - snapshot: How all processes stand.
    ///   - programs: Their programs.
    /// - Returns: Whether anything is not as before.
    mutating func apply(_ snapshot: Snapshot, of programs: MeteredPrograms) -> Bool {
        let former = (processes, lostEvents)
        if case .lostEvents(let count) = snapshot.reason {
            lostEvents.count(count)
        }
        let known = Set(snapshot.processes.map { $0.name })
        failedStarts.forgetAll(except: known)
        // A process may have been added after supervisord was asked.
        let newer = processes.filter { $0.value.firstSeen.map { $0 >= snapshot.time } ?? false }
        memory.forgetAll(except: known.union(newer.keys))
        for information in snapshot.processes {
            memory.update(information.name) { metrics in
                var known = metrics ?? ProcessMetrics(firstSeen: snapshot.time)
                known.adopt(information, of: programs[information.name])
                metrics = known
            }
        }
        return former != (processes, lostEvents)
    }

    /// Records what another handler has learned.
    ///
    /// - Parameter entry: Its entry in the journal.
    /// - Returns: Whether it concerns the metrics.
    mutating func apply(_ entry: JournalEntry) -> Bool {
        guard let seconds = entry.seconds else {
            return false
        }
        switch entry.kind {
        case .ready:
            guard let process = entry.process else {
                return false
            }
            memory[process]?.passGates(after: seconds)
            return true
        case .startup:
            startupMilliseconds = Int(millisecondsOf: seconds)
            return true
        case .begin, .snapshot, .input, .decision:
            return false
        }
    }
}
