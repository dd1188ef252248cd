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

extension ProcessName: LosslessStringConvertible {
    /// The name as `supervisorctl` prints and takes it: `web:web_0`, or `cat` if group and process have the same name.
    public var description: String {
        group == process ? group : "\(group):\(process)"
    }

    /// Reads a name as `supervisorctl` prints and takes it: `web:web_0`, or `cat`.
    ///
    /// - Parameter description: The name; nil results if it is empty, or that of a whole group: `web:*`.
    public init?(_ description: String) {
        guard let colon = description.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            guard !description.isEmpty else {
                return nil
            }
            self.init(group: description, process: description)
            return
        }
        let process = description[description.utf8.index(after: colon)...]
        guard colon > description.startIndex, !process.isEmpty, process != "*" else {
            return nil
        }
        self.init(group: String(description[..<colon]), process: String(process))
    }
}

extension ProcessName {
    /// Reads a name whose two parts share their text if they are equal, as those of most processes are.
    init(group: Range<Int>, process: Range<Int>, in bytes: Span<UInt8>) {
        let name = bytes.text(in: process)
        let isAlike = process.count == group.count && bytes.holds(bytes.extracting(process), at: group.lowerBound)
        self.init(group: isAlike ? name : bytes.text(in: group), process: name)
    }

    /// Hashes both names, or the one that most processes share with their group once.
    ///
    /// - Parameter hasher: The hasher.
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
