import Glibc

/// A process of this machine, as `/proc` shows it.
package struct RunningProcess: Equatable, Sendable {
    /// Its pid; 0 if that is not known.
    package let pid: Int32
    /// Its command line, the program first.
    package let arguments: [String]
    /// Its working directory; nil if this process may not read that.
    package let workingDirectory: String?

    /// Describes a process.
    package init(pid: Int32 = 0, arguments: [String], workingDirectory: String?) {
        self.pid = pid
        self.arguments = arguments
        self.workingDirectory = workingDirectory
    }

    /// Reads the command line of a process; nil results if there is no such process, or its command line is hidden or gone.
    package init?(pid: Int32) {
        guard let bytes = try? contents(ofFile: "/proc/\(pid)/cmdline"), !bytes.isEmpty else {
            return nil
        }
        self.pid = pid
        // Each argument ends with a NUL, including the last one.
        let words = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast(bytes.last == 0 ? 1 : 0)
        arguments = words.map { String(decoding: $0, as: UTF8.self) }
        workingDirectory = destination(ofLink: "/proc/\(pid)/cwd")
    }

    /// Returns the environment that a process was started with; nil if it is hidden from this process, or gone.
    package static func environment(of pid: Int32) -> [String: String]? {
        guard let bytes = try? contents(ofFile: "/proc/\(pid)/environ"), !bytes.isEmpty else {
            return nil
        }
        var variables: [String: String] = [:]
        for entry in bytes.split(separator: 0) {
            if let equals = entry.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: entry[..<equals], as: UTF8.self)
                // As in getenv(3), the first definition counts.
                variables[name] = variables[name] ?? String(decoding: entry[(equals + 1)...], as: UTF8.self)
            }
        }
        return variables
    }

    /// The parent of this process, its parent, and so on, as far as they are visible; each is read when it is asked for.
    package static var ancestors: some Sequence<RunningProcess> {
        sequence(state: [Int32]()) { descendants -> RunningProcess? in
            let next = descendants.last.map { parent(of: $0) ?? 0 } ?? getppid()
            guard next > 0, descendants.count < ancestorLimit, let process = RunningProcess(pid: next) else {
                return nil
            }
            descendants.append(next)
            return process
        }
    }

    /// Returns whether a process is a child of another one, or a child of such a child, and so on, as far as they are visible.
    static func isDescendant(_ pid: Int32, of ancestor: Int32) -> Bool {
        var next = pid
        for _ in 0..<ancestorLimit {
            guard next > 0, let parent = parent(of: next) else {
                return false
            }
            if parent == ancestor {
                return true
            }
            next = parent
        }
        return false
    }

    /// More than any process has; it ends the loop if `/proc` should show a cycle.
    private static let ancestorLimit = 64

    /// The pids of all processes that are visible.
    static var allPIDs: [Int32] {
        paths(matching: "/proc/[0-9]*").compactMap { Int32($0.dropFirst("/proc/".count)) }
    }

    /// Returns the pids of a process's children, as far as they are visible.
    package static func children(of pid: Int32) -> [Int32] {
        allPIDs.filter { parent(of: $0) == pid }
    }

    /// Returns the real, effective, saved and file system user ids of a process.
    static func userIDs(of pid: Int32) -> [Int]? {
        let lines = (try? contents(ofFile: "/proc/\(pid)/status"))?.split(separator: UInt8(ascii: "\n"))
        guard let line = lines?.first(where: { $0.starts(with: "Uid:".utf8) }) else {
            return nil
        }
        return line.dropFirst(4).split(separator: UInt8(ascii: "\t")).compactMap { Int(decimal: $0) }
    }

    /// Returns the pid of a process's parent.
    static func parent(of pid: Int32) -> Int32? {
        ProcessStatus(pid: pid)?.parent
    }
}

/// Returns the destination of a symbolic link; nil if the path is not one, or may not be read.
func destination(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &buffer, buffer.count)
    guard length > 0 else {
        return nil
    }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
