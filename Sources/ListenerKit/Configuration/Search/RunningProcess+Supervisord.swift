extension RunningProcess {
    /// The supervisord that runs this process: the nearest ancestor that is one, since a shell may stand in between; the
    /// parent where none can be recognised.
    package static var supervisord: RunningProcess? {
        let ancestors = ancestors
        return ancestors.first { SupervisordCommandLine(arguments: $0.arguments) != nil } ?? ancestors.first
    }

    /// The configurations of every `listenerd supervise` that runs as this user or as root.
    ///
    /// They are read off the command lines of the supervisords below it. Another user may have written such a line, but not
    /// made a file that belongs to this user or to root.
    package static var supervisedConfigurations: [String] {
        numbers.compactMap { number in
            guard let parent = parent(of: number), isTrusted("/proc/\(parent)"),
                RunningProcess(processID: parent)?.arguments.dropFirst().first == "supervise",
                let process = RunningProcess(processID: number),
                let file = SupervisordCommandLine(arguments: process.arguments)?.configurationFile
            else {
                return nil
            }
            let path = PathText.absolute(file, from: process.workingDirectory ?? "/")
            return isTrusted(path) ? path : nil
        }
    }

    /// Whether nobody but this user or root can have put something at a path.
    private static func isTrusted(_ path: String) -> Bool {
        let owner = ownerID(ofFile: path)
        return owner == 0 || owner == currentUserID()
    }
}
