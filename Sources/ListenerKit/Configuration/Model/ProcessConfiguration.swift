/// The keys of a program for one of its processes, whose number and group their values can refer to.
package struct ProcessConfiguration: Sendable {
    /// The name of the process.
    package let name: ProcessName
    /// `environment` of the program.
    package let environment: [String: String]
    private let section: ConfigurationSection

    init(_ name: ProcessName, number: Int, count: Int, _ section: ConfigurationSection) {
        var section = section
        section.names.groupName = name.group
        section.names.processNumber = number
        section.names.processCount = count
        // An error in it has been reported, and keeps supervisord from starting.
        let text = (try? section.value(forKey: "environment"))?.text ?? ""
        environment = (try? EnvironmentPairs.read(text)) ?? [:]
        section.names.ownEnvironment = environment
        self.name = name
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
    /// The configuration of each process, in the order of ``processes``: made when it is asked for, because few programs need it.
    package var processConfigurations: [ProcessConfiguration] {
        let firstNumber = (try? integer(forKey: "numprocs_start")) ?? 0
        return processes.enumerated().map { index, name in
            let number = processNumbers.indices.contains(index) ? processNumbers[index] : firstNumber
            return ProcessConfiguration(name, number: number, count: processCount, section)
        }
    }
}
