import ListenerKit

/// Carries out the commands of the reducer.
extension FatalExit {
    /// Carries out commands in their order, and what follows from the answers.
    func carryOut(_ commands: [FatalExitCommand]) async {
        var remaining = commands[...]
        // Why supervisord could not be asked about the cause, which the message about its shutdown says too.
        var callError: SupervisorError?
        while let command = remaining.popFirst() {
            switch command {
            case .askAboutAllProcesses:
                remaining += await askAboutAllProcesses()
            case .ask(let process):
                let answer = await shutdown.ask(about: process)
                callError = if case .failed(let error) = answer { error } else { nil }
                remaining += recorded.apply(FatalExitInput(answer), at: context.now)
            case .shutDown(let verdict):
                let hasBegun = await shutdown.shutDown(verdict, after: callError)
                remaining += recorded.apply(.shutdown(hasBegun: hasBegun), at: context.now)
            case .nudge:
                // What the answer is does not matter.
                _ = try? await supervisor?.state()
            case .setAlarm, .requestSnapshot:
                carryOutAtOnce(command)
            }
        }
    }

    /// Carries out a command that supervisord has no part in.
    func carryOutAtOnce(_ command: FatalExitCommand) {
        switch command {
        case .setAlarm(let time): context.setAlarm(at: time)
        case .requestSnapshot(let delay): context.requestSnapshot(after: delay)
        case .askAboutAllProcesses, .ask, .shutDown, .nudge: break
        }
    }

    private func askAboutAllProcesses() async -> [FatalExitCommand] {
        let time = context.now
        guard !context.isEverythingStopping else {
            return recorded.apply(.noProcesses(isStopping: true), at: time)
        }
        do throws(SupervisorError) {
            let processes = try await supervisor?.allProcessInfo() ?? []
            let configuration = newConfiguration(Snapshot(processes: processes, reason: .request, time: time))
            return recorded.apply(.allProcesses(processes, configuration), at: context.now)
        } catch {
            return recorded.apply(.noProcesses(isStopping: error.isShutdown), at: context.now)
        }
    }
}

extension FatalExitInput {
    /// Converts the answer about the process that has met a trigger.
    fileprivate init(_ answer: ShutdownAnswer) {
        self =
            switch answer {
            case .process(let information): .process(information)
            case .processIsRemoved: .processIsRemoved
            case .isStopping: .isStopping
            case .failed: .process(nil)
            }
    }
}
