import ListenerKit

extension StartupProgress {
    /// The processes that have not been started yet and do not wait in vain.
    var prospects: [ProcessName] {
        programs.indices.filter { programs[$0].unstarted > 0 && !programs[$0].isStuck }.flatMap { program in
            plan.programs[program].processIndices.filter { processes[$0].start == .none }.map { processes[$0].name }
        }
    }
}
