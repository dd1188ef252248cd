extension RunningProcess {
    /// The supervisord that runs this process: the nearest ancestor that is one, since a shell may stand in between; the
    /// parent where none can be recognised.
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

    /// The same, as it was when this was first asked: to look at `/proc` takes a part of the time that a listener has to start.
    package static let supervisordAtStart = supervisord

    /// The configurations of every `listenerd supervise` that runs as this user or as root, each with the supervisord that
    /// runs it.
    ///
    /// They are read off the command lines of the supervisords below it. Another user may have written such a line, but not
    /// put a file of this user's or of root's where it says.
    package static var supervisedConfigurations: [(file: String, supervisord: Int32)] {
        numbers.compactMap { number in
            guard let parent = parent(of: number), isTrusted(parent),
                RunningProcess(processID: parent)?.arguments.dropFirst().first == "supervise",
                let process = RunningProcess(processID: number),
                let file = SupervisordCommandLine(arguments: process.arguments)?.configurationFile
            else {
                return nil
            }
            return trustedFile(PathText.absolute(file, from: process.workingDirectory ?? "/")).map { ($0, number) }
        }
    }

    /// Whether a process has always been this user's or root's: one that runs as root because of its file's owner was
    /// started by somebody else.
    private static func isTrusted(_ processID: Int32) -> Bool {
        guard let users = users(of: processID), !users.isEmpty else {
            return false
        }
        return users.allSatisfy { $0 == 0 } || users.allSatisfy { $0 == Int(currentUserID()) }
    }
}
