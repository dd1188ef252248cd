/// Reads the status of an HTTP answer, and nothing behind it (RFC 9112, 4).
struct HTTPStatusReader {
    /// So many bytes at most may come before the status is known.
    static let limit = 4096

    private enum Line {
        case unfinished
        case invalid
        case status(Int)
    }

    private var bytes: [UInt8] = []

    /// The outcome if no more comes.
    var outcomeAtEnd: ProbeOutcome {
        bytes.isEmpty ? .failed("closed without an answer") : Self.notHTTP
    }

    /// Reads more of the answer.
    ///
    /// - Parameter more: The bytes that have come.
    /// - Returns: The outcome; nil if the status is not known yet.
    mutating func append(_ more: ArraySlice<UInt8>) -> ProbeOutcome? {
        bytes += more
        while true {
            switch Self.firstLine(of: bytes) {
            case .invalid:
                return Self.notHTTP
            case .status(let status) where status >= 200 || status == 101:
                return status / 100 == 2 || status / 100 == 3 ? .passed : .failed("HTTP \(status)")
            case .status:
                // An interim answer, which the final one follows (RFC 9110, 15.2).
                guard let end = Self.endOfHead(bytes) else {
                    return outcomeIfTooLong
                }
                bytes.removeFirst(end)
            case .unfinished:
                return outcomeIfTooLong
            }
        }
    }

    private var outcomeIfTooLong: ProbeOutcome? {
        bytes.count > Self.limit ? Self.notHTTP : nil
    }

    private static let notHTTP = ProbeOutcome.failed("the answer is not HTTP")

    /// `HTTP/1.1 200 `: what comes after the status does not matter.
    private static func firstLine(of bytes: [UInt8]) -> Line {
        let name = "HTTP/1.".utf8
        guard zip(bytes, name).allSatisfy({ $0 == $1 }) else {
            return .invalid
        }
        let version = bytes.dropFirst(name.count)
        let space = UInt8(ascii: " ")
        guard let minor = version.first, let separator = version.dropFirst().first else {
            return .unfinished
        }
        let rest = version.dropFirst().drop { $0 == space }
        guard isDigit(minor), separator == space, rest.prefix(3).allSatisfy(isDigit) else {
            return .invalid
        }
        guard rest.count > 3 else {
            return .unfinished
        }
        let isEnded = [space, UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(rest[rest.startIndex + 3])
        guard isEnded, let status = Int(decimal: rest.prefix(3)), status >= 100 else {
            return .invalid
        }
        return .status(status)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39
    }

    /// Returns how many bytes there are up to the end of an empty line.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        var lineLength = 0
        for (index, byte) in bytes.enumerated() where byte != UInt8(ascii: "\r") {
            if byte != UInt8(ascii: "\n") {
                lineLength += 1
            } else if lineLength == 0 {
                return index + 1
            } else {
                lineLength = 0
            }
        }
        return nil
    }
}
