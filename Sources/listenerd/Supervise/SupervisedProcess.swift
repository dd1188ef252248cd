import ListenerKit

/// A process that a supervisord has started, as `/proc` shows it: that needs no answer from supervisord.
struct SupervisedProcess: Sendable {
    /// What supervisord calls it.
    let name: ProcessName
    /// The process.
    let process: ChildProcess

    /// The processes of a supervisord that have not ended, in the order of their names.
    ///
    /// One that supervisord has forked, and that does not run its command yet, is not among them; nor are those whose
    /// environment this user may not read.
    static func all(of supervisord: ChildProcess) -> [SupervisedProcess] {
        let processes = RunningProcess.children(of: supervisord.pid).compactMap { number -> SupervisedProcess? in
            let variables = RunningProcess.environment(of: number)
            guard let group = variables?["SUPERVISOR_GROUP_NAME"], let process = variables?["SUPERVISOR_PROCESS_NAME"]
            else {
                return nil
            }
            return Self(name: ProcessName(group: group, process: process), process: ChildProcess(pid: number))
        }
        return processes.sorted { $0.name < $1.name }
    }

    /// The names of processes for a message; not more than a reader wants to see.
    static func list(_ processes: [SupervisedProcess]) -> String {
        let most = 10
        let names = processes.prefix(most).map { "\($0.name)" }.joined(separator: ", ")
        return processes.count > most ? "\(names) and \(processes.count - most) more" : names
    }
}
