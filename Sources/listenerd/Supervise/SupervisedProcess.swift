import ListenerKit

/// A process that supervisord has started, found in `/proc`, so that supervisord need not answer.
struct SupervisedProcess: Sendable {
    /// The name that supervisord gives it.
    let name: ProcessName
    /// The process.
    let process: ChildProcess

    /// Returns the running processes of a supervisord, in the order of their names.
    ///
    /// Not among them are children that do not execute their command yet, and those whose environment this user may not read.
    static func all(of supervisord: ChildProcess) -> [SupervisedProcess] {
        let processes = RunningProcess.children(of: supervisord.pid).compactMap { pid -> SupervisedProcess? in
            let variables = RunningProcess.environment(of: pid)
            guard let group = variables?["SUPERVISOR_GROUP_NAME"], let process = variables?["SUPERVISOR_PROCESS_NAME"]
            else {
                return nil
            }
            return Self(name: ProcessName(group: group, process: process), process: ChildProcess(pid: pid))
        }
        return processes.sorted { $0.name < $1.name }
    }

    /// Returns the names of processes for a message.
    ///
    /// - Parameters:
    ///   - processes: The processes.
    ///   - limit: How many of them are named at most.
    /// - Returns: The names.
    static func list(_ processes: [SupervisedProcess], limit: Int = 10) -> String {
        let names = processes.prefix(limit).map { "\($0.name)" }.joined(separator: ", ")
        return processes.count > limit ? "\(names) and \(processes.count - limit) more" : names
    }
}
