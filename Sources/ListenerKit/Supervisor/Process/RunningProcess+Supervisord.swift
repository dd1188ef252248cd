extension RunningProcess {
    /// The supervisord that runs this process, or the parent if no ancestor is recognized as a supervisord.
    ///
    /// It is the nearest ancestor that is one, as there may be a shell in between.
    package static var supervisord: RunningProcess? {
        var nearest: RunningProcess?
        for ancestor in ancestors {
            if SupervisordCommandLine(arguments: ancestor.arguments) != nil {
                return ancestor
            }
            nearest = nearest ?? ancestor
        }
        return nearest
    }

    /// The same, as it was when this was first asked: reading `/proc` takes a part of the time that a listener needs to start.
    package static let supervisordAtStart = supervisord

    /// The configurations of every `listenerd supervise` that runs as this user or as root, each with the pid of the supervisord
    /// that runs it.
    ///
    /// They are taken from the command lines of its supervisords. Another user can forge such a command line, but not make it
    /// name a file that only this user or root can have put there.
    package static var supervisedConfigurations: [(file: String, supervisord: Int32)] {
        allPIDs.compactMap { pid in
            guard let parent = parent(of: pid), isTrusted(parent),
                RunningProcess(pid: parent)?.arguments.dropFirst().first == "supervise",
                let process = RunningProcess(pid: pid),
                let file = SupervisordCommandLine(arguments: process.arguments)?.configurationFile
            else {
                return nil
            }
            return trustedFile(PathText.absolute(file, from: process.workingDirectory ?? "/")).map { ($0, pid) }
        }
    }

    /// Returns whether all user ids of a process are this user's, or all are root's: a set-user-ID program that runs as root may
    /// have been started by another user.
    private static func isTrusted(_ pid: Int32) -> Bool {
        guard let users = userIDs(of: pid), !users.isEmpty else {
            return false
        }
        return users.allSatisfy { $0 == 0 } || users.allSatisfy { $0 == Int(currentUserID()) }
    }
}
