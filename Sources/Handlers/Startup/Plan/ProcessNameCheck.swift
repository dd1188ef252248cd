import ListenerKit

/// Finds programs that give their processes the same names in one group: of each name supervisord keeps only one process.
struct ProcessNameCheck {
    /// Checks the names of all processes.
    func read(into builder: inout PlanBuilder) {
        var owners: [ProcessName: Int] = [:]
        for (index, program) in builder.programs.enumerated() {
            for process in program.processes {
                guard let owner = owners.updateValue(index, forKey: process), owner != index else {
                    continue
                }
                let message =
                    "\(program.name) never starts: its process \(process) has the same name as one of "
                    + "\(builder.programs[owner].name), and supervisord keeps only one of the two; change one process_name"
                builder.refuse(index, because: ConfigurationProblem(.repeatedProcess, at: program.location, message))
                break
            }
        }
    }
}
