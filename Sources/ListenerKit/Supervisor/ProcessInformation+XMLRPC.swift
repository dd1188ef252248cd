extension ProcessInformation {
    /// Reads a member of the reply to `getAllProcessInfo`; what is missing or of another type counts as not known.
    ///
    /// - Parameter value: The member; the result is `nil` if it is not a struct, or names no process.
    package init?(_ value: XMLRPCValue) {
        guard let members = value.struct, let process = members["name"]?.string else {
            return nil
        }
        /// supervisord writes 0 for a number that it does not have, and an empty string for a text.
        func number(_ name: String) -> Int? { members[name]?.int.flatMap { $0 == 0 ? nil : $0 } }
        func time(_ name: String) -> Timestamp? { number(name).map { Timestamp(seconds: $0) } }
        func text(_ name: String) -> String? { members[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        let state =
            members["state"]?.int.flatMap(ProcessState.init(rawValue:))
            ?? text("statename").flatMap { ProcessState(name: $0) }
        self.init(
            name: ProcessName(group: text("group") ?? process, process: process),
            state: state ?? .unknown,
            startTime: time("start"),
            stopTime: time("stop"),
            now: time("now"),
            exitStatus: number("exitstatus") ?? 0,
            spawnError: text("spawnerr"),
            pid: number("pid"),
            description: text("description") ?? "",
            standardOutputLog: text("stdout_logfile") ?? text("logfile"),
            standardErrorLog: text("stderr_logfile")
        )
    }
}
