import ListenerKit

/// The pattern of a `log:` gate.
struct LinePattern: Sendable {
    private let expression: RegularExpression
    /// Whether the pattern says something about the end of a line, which is not known before the line has ended.
    private let needsEnd: Bool

    /// Compiles a pattern; nil if it is not a regular expression, so that no line matches.
    init?(_ text: String) {
        guard let expression = try? RegularExpression(text) else {
            return nil
        }
        self.expression = expression
        needsEnd = Self.mayNeedEnd(text)
    }

    /// Returns whether a line matches.
    func matches(_ line: ArraySlice<UInt8>) -> Bool {
        expression.matches(line)
    }

    /// Returns whether a line that has not ended matches already, however it goes on: a prompt may never end.
    func matches(unfinished line: ArraySlice<UInt8>) -> Bool {
        !line.isEmpty && !needsEnd && expression.matches(line.withoutUnfinishedCharacter)
    }

    /// Whether a pattern has `$`, or an escape by which C libraries look at what follows: `\>`, `\b`, `\B` and `\'`.
    private static func mayNeedEnd(_ text: String) -> Bool {
        var isEscaped = false
        for byte in text.utf8 {
            if isEscaped ? ">bB'".utf8.contains(byte) : byte == UInt8(ascii: "$") {
                return true
            }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        return false
    }
}
