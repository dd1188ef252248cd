extension RunningProcess {
    /// The supervisord that runs this process: the nearest ancestor that is one, since a shell may stand in between; the
    /// parent where none can be recognised.
    package static var supervisord: RunningProcess? {
        let ancestors = ancestors
        return ancestors.first { SupervisordCommandLine(arguments: $0.arguments) != nil } ?? ancestors.first
    }

    /// The supervisords that a `listenerd supervise` runs, as far as this user can trust it: its own, or one of root's.
    package static var supervised: [RunningProcess] {
        numbers.compactMap { number -> RunningProcess? in
            guard let parent = parent(of: number), isTrusted("/proc/\(parent)"),
                RunningProcess(processID: parent)?.arguments.dropFirst().first == "supervise",
                let process = RunningProcess(processID: number),
                SupervisordCommandLine(arguments: process.arguments) != nil
            else {
                return nil
            }
            return process
        }
    }

    /// Whether nobody but this user or root can have put something at a path.
    package static func isTrusted(_ path: String) -> Bool {
        let owner = ownerID(ofFile: path)
        return owner == 0 || owner == currentUserID()
    }
}
