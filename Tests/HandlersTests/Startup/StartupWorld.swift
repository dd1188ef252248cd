import ListenerKit

@testable import Handlers

/// A plan as a test writes it down, and the supervisord that carries it out.
struct StartupWorld {
    var progress: StartupProgress
    var now = ContinuousClock.now
    var said: [String] = []
    var started: [String] = []
    /// For each snapshot that was asked for, how long supervisord is left alone.
    var requestedSnapshots: [Duration] = []

    init(_ programs: [SampleProgram], policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        self.init(StartupPlan(programs), policy: policy, timeout: timeout)
    }

    init(_ plan: StartupPlan, policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        progress = StartupProgress(plan, policy: policy, timeout: timeout)
    }

    mutating func see(
        _ processes: [ProcessInformation],
        asked time: ContinuousClock.Instant? = nil,
        _ reason: Snapshot.Reason = .request
    ) {
        carryOut(progress.apply(Snapshot(processes: processes, reason: reason, time: time ?? now), at: now))
    }

    mutating func see(
        _ name: String,
        _ transition: ProcessStateEvent.Transition,
        from previous: ProcessState? = nil
    ) {
        see(ProcessName(group: name, process: name), transition, from: previous)
    }

    mutating func see(
        _ process: ProcessName,
        _ transition: ProcessStateEvent.Transition,
        from previous: ProcessState? = nil
    ) {
        if let index = progress.indices[process] {
            carryOut(progress.apply(transition, to: index, from: previous, at: now))
        }
    }

    mutating func answer(_ name: String, _ outcome: StartOutcome = .started) {
        carryOut(progress.apply(outcome, of: ProcessName(group: name, process: name), at: now))
    }

    mutating func refuse(_ name: String, _ reason: String) {
        answer(name, .refused(reason: reason, lacksCommand: false))
    }

    /// Leaves a start without an answer; whatever is seen next comes later.
    mutating func leaveUnconfirmed(_ name: String) {
        answer(name, .unconfirmed(reason: "timed out"))
        now += .milliseconds(1)
    }

    /// Adds a group; whatever is seen next comes later.
    mutating func add(group name: String) {
        progress.groupAdded(name, at: now)
        now += .milliseconds(1)
    }

    mutating func checkDeadline(after time: Duration) {
        carryOut(progress.checkDeadline(at: now + time))
    }

    mutating func adopt(_ plan: StartupPlan, _ processes: [ProcessInformation]) {
        carryOut(progress.adopt(plan, Snapshot(processes: processes, reason: .request, time: now), at: now))
    }

    private mutating func carryOut(_ commands: [StartupCommand]) {
        for command in commands {
            switch command {
            case .start(let process): started.append(process.description)
            case .report(_, let message): said.append(message)
            case .reportFailure(_, let process, let failure, let consequence):
                said.append(failure.description(of: process.description) + consequence)
            case .shutDown(let reason, _): said.append("END: \(reason)")
            case .requestSnapshot(let delay): requestedSnapshots.append(delay)
            case .nudge, .setAlarm, .reportSummary, .endListener, .reportReady, .beginAttempt, .cancelAttempt, .answer:
                said.append("unexpected: \(command)")
            }
        }
        if let summary = progress.finish(at: now) {
            said.append(summary.message())
        }
    }
}
