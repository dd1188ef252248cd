/// The keys of a program for one of its processes, whose number and group their values can refer to.
package struct ProcessConfiguration: Sendable {
    /// The name of the process.
    package let name: ProcessName
    /// `environment` of the program.
    package let environment: [String: String]
    private let section: ConfigurationSection

    fileprivate init(_ program: ProgramConfiguration, group: String, number: Int) {
        var section = program.section
        section.names.groupName = group
        section.names.processNumber = number
        section.names.processCount = program.processCount
        // An error in it has been reported, and keeps supervisord from starting.
        let text = (try? section.value(forKey: "environment"))?.text ?? ""
        environment = (try? EnvironmentPairs.read(text)) ?? [:]
        section.names.ownEnvironment = environment
        let name = (try? section.value(forKey: "process_name"))?.text ?? program.name
        self.name = ProcessName(group: group, process: name)
        self.section = section
    }

    /// Returns the value of any key, even of one that supervisord does not know.
    ///
    /// It can refer to what `command` can refer to: `%(process_num)02d` and the program's own `environment` too.
    ///
    /// - Parameter key: The key, in lower case.
    /// - Returns: The expanded value; nil if the section has none.
    /// - Throws: ``ConfigurationProblem`` if it cannot be expanded.
    package func value(forKey key: String) throws(ConfigurationProblem) -> ConfigurationValue? {
        try section.value(forKey: key)
    }
}

extension ProgramConfiguration {
    /// The configuration of each process, in the order of ``processes``.
    ///
    /// It is found when it is asked for, because few programs need it: processes are sorted by name, and only their numbers tell
    /// their names.
    package var processConfigurations: [ProcessConfiguration] {
        let firstNumber = (try? integer(forKey: "numprocs_start")) ?? 0
        var found: [ProcessName: ProcessConfiguration] = [:]
        for group in Set(processes.map { $0.group }) {
            for offset in 0..<max(0, processCount) {
                let process = ProcessConfiguration(self, group: group, number: firstNumber &+ offset)
                found[process.name] = process
            }
        }
        return processes.map { name in
            found[name] ?? ProcessConfiguration(self, group: name.group, number: firstNumber)
        }
    }
}
