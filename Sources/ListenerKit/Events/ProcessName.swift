/// A process as supervisord knows it: its group, and its name in that group.
///
/// A program outside of any `[group:x]` is the one process of a group that has its own name.
public struct ProcessName: Hashable, Sendable {
    /// The name of the process group: `web`.
    public let group: String
    /// The name in its group: `web_0`.
    public let process: String

    /// Names a process.
    ///
    /// - Parameters:
    ///   - group: The name of its group.
    ///   - process: Its name in that group.
    public init(group: String, process: String) {
        self.group = group
        self.process = process
    }
}

extension ProcessName: CustomStringConvertible {
    /// The name as `supervisorctl` prints and takes it: `web:web_0`, or `cat` where group and process are named alike.
    public var description: String {
        group == process ? group : "\(group):\(process)"
    }
}

extension ProcessName {
    /// Hashes both names, or the one that most processes share with their group once.
    ///
    /// - Parameter hasher: What takes them.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(process)
        if group != process {
            hasher.combine(group)
        }
    }
}

extension ProcessName: Comparable {
    /// Orders by group, then by process, as supervisord lists them.
    public static func < (one: ProcessName, other: ProcessName) -> Bool {
        (one.group, one.process) < (other.group, other.process)
    }
}
