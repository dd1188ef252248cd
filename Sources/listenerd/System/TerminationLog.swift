import Glibc
import ListenerKit

/// The file from which Kubernetes reads why a container has ended; without Kubernetes there is none.
struct TerminationLog {
    /// Kubernetes reads no more bytes.
    private static let longest = 4096

    private let path: String

    /// Describes the file.
    ///
    /// - Parameter path: The path at which Kubernetes mounts it, unless told otherwise.
    init(path: String = "/dev/termination-log") {
        self.path = path
    }

    /// Writes why `supervise` ends with a status other than 0, in place of what is there; nothing happens without a regular file
    /// that this user may write.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - reasons: Why, a line each.
    func write(_ status: ExitStatus, _ reasons: [String]) {
        guard status != .success else {
            return
        }
        // Opening a device may have an effect, and a pipe or a link may lead anywhere.
        var information = stat()
        guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            return
        }
        let result = retryOnInterrupt { open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }
        guard result >= 0 else {
            return
        }
        let file = FileDescriptor(owning: result)
        guard fstat(result, &information) == 0, information.st_mode & S_IFMT == S_IFREG, ftruncate(result, 0) == 0
        else {
            return
        }
        try? file.write(Self.text(status, reasons))
    }

    private static func text(_ status: ExitStatus, _ reasons: [String]) -> [UInt8] {
        var text: [UInt8] = []
        for (index, reason) in reasons.enumerated() {
            text.append(escaping: index == 0 ? "supervise exits with status \(status.rawValue): \(reason)" : reason)
            text.append(UInt8(ascii: "\n"))
        }
        guard text.count > longest else {
            return text
        }
        // No character is cut.
        let end = text[..<longest].lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        return Array(text[..<(text[longest] & 0xC0 == 0x80 ? end : longest)])
    }
}
