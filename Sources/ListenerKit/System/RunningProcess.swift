#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Another process, as far as `/proc` shows it to us.
package struct RunningProcess: Equatable, Sendable {
    /// Its number; 0 where it is not known.
    package let number: Int32
    /// Its command line, the program first.
    package let arguments: [String]
    /// Where its relative paths start from; nil where we may not look.
    package let workingDirectory: String?

    /// Describes a process.
    package init(number: Int32 = 0, arguments: [String], workingDirectory: String?) {
        self.number = number
        self.arguments = arguments
        self.workingDirectory = workingDirectory
    }

    /// Looks at the process with a number.
    ///
    /// - Returns: Nil where there is none, or its command line is hidden or gone.
    package init?(processID: Int32) {
        guard let bytes = try? contents(ofFile: "/proc/\(processID)/cmdline"), !bytes.isEmpty else {
            return nil
        }
        // Every argument ends with a NUL, the last one too.
        number = processID
        let words = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast(bytes.last == 0 ? 1 : 0)
        arguments = words.map { String(decoding: $0, as: UTF8.self) }
        workingDirectory = destination(ofLink: "/proc/\(processID)/cwd")
    }

    /// The variables with which a process was started; nil if they are hidden from us, or it is gone.
    package static func environment(of processID: Int32) -> [String: String]? {
        guard let bytes = try? contents(ofFile: "/proc/\(processID)/environ"), !bytes.isEmpty else {
            return nil
        }
        var variables: [String: String] = [:]
        for entry in bytes.split(separator: 0) {
            if let equals = entry.firstIndex(of: UInt8(ascii: "=")) {
                let name = String(decoding: entry[..<equals], as: UTF8.self)
                // As for getenv(3), the first one counts.
                variables[name] = variables[name] ?? String(decoding: entry[(equals + 1)...], as: UTF8.self)
            }
        }
        return variables
    }

    /// The process that started this one, the one that started that, and so on, as far as they can be seen; each is looked at
    /// when it is asked for.
    package static var ancestors: some Sequence<RunningProcess> {
        sequence(state: [Int32]()) { descendants -> RunningProcess? in
            let next = descendants.last.map { parent(of: $0) ?? 0 } ?? getppid()
            guard next > 0, descendants.count < mostAncestors, let process = RunningProcess(processID: next) else {
                return nil
            }
            descendants.append(next)
            return process
        }
    }

    /// More than anybody's, and an end to what cannot be.
    private static let mostAncestors = 64

    /// The numbers of all processes that can be seen.
    static var numbers: [Int32] {
        paths(matching: "/proc/[0-9]*").compactMap { Int32($0.dropFirst("/proc/".count)) }
    }

    /// The numbers of the processes that a process has started, or was given, and that can be seen.
    package static func children(of processID: Int32) -> [Int32] {
        numbers.filter { parent(of: $0) == processID }
    }

    /// The users of a process: the real one, the one whose rights it has, and more of the kind.
    static func users(of processID: Int32) -> [Int]? {
        let lines = (try? contents(ofFile: "/proc/\(processID)/status"))?.split(separator: UInt8(ascii: "\n"))
        guard let line = lines?.first(where: { $0.starts(with: "Uid:".utf8) }) else {
            return nil
        }
        return line.dropFirst(4).split(separator: UInt8(ascii: "\t")).compactMap { Int(decimal: $0) }
    }

    /// The number of the process that started another one.
    static func parent(of processID: Int32) -> Int32? {
        ProcessStatus(processID: processID)?.parent
    }
}

/// Where a symbolic link leads; nil where it is none, or may not be read.
func destination(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &buffer, buffer.count)
    guard length > 0 else {
        return nil
    }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
