#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Another process, as far as `/proc` shows it to us.
package struct RunningProcess: Equatable, Sendable {
    /// Its command line, the program first.
    package let arguments: [String]
    /// Where its relative paths start from; nil where we may not look.
    package let workingDirectory: String?

    /// Describes a process.
    package init(arguments: [String], workingDirectory: String?) {
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
        let words = bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast(bytes.last == 0 ? 1 : 0)
        arguments = words.map { String(decoding: $0, as: UTF8.self) }
        workingDirectory = destination(ofLink: "/proc/\(processID)/cwd")
    }

    /// The process that started this one, if it can be seen.
    package static var parent: RunningProcess? {
        RunningProcess(processID: getppid())
    }
}

private func destination(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path, &buffer, buffer.count)
    guard length > 0 else {
        return nil
    }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
