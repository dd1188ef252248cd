import ListenerKit

@testable import Handlers

/// A plan as a test writes it down, and the supervisord that carries it out.
struct StartupWorld {
    var progress: StartupProgress
    var now = ContinuousClock.now
    var said: [String] = []
    var started: [String] = []

    init(_ programs: [SampleProgram], policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        self.init(StartupPlan(programs), policy: policy, timeout: timeout)
    }

    init(_ plan: StartupPlan, policy: FailurePolicy = .wait, timeout: Duration? = nil) {
        progress = StartupProgress(plan, policy: policy, timeout: timeout)
    }

    mutating func see(_ processes: [ProcessInformation]) {
        carryOut(progress.take(processes, asked: now, at: now))
    }

    mutating func see(
        _ name: String,
        _ transition: ProcessStateEvent.Transition,
        from previous: ProcessState? = nil
    ) {
        carryOut(progress.take(ProcessName(group: name, process: name), transition, from: previous, at: now))
    }

    mutating func answer(_ name: String, isUp: Bool) {
        carryOut(progress.started(ProcessName(group: name, process: name), isUp: isUp, at: now))
    }

    mutating func answerFailure(_ name: String) {
        carryOut(progress.startFailed(ProcessName(group: name, process: name), at: now))
    }

    mutating func refuse(_ name: String, _ reason: String) {
        carryOut(progress.startRefused(ProcessName(group: name, process: name), reason, at: now))
    }

    mutating func adopt(_ plan: StartupPlan, _ processes: [ProcessInformation]) {
        carryOut(progress.adopt(plan, processes, asked: now, at: now))
    }

    mutating func carryOut(_ commands: [StartupCommand]) {
        for command in commands {
            switch command {
            case .start(let process): started.append(process.description)
            case .sayUnlessStopping(_, let message): said.append(message)
            case .sayFailure(_, let process, let failure, let consequence):
                said.append(failure.description(of: process.description) + consequence)
            case .endSupervisor(let message, _): said.append("END: \(message)")
            }
        }
        if let summary = progress.finish(at: now) {
            said.append(summary.message())
        }
    }

}
