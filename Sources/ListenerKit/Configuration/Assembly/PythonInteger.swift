/// Reads integers as Python's `int()` does: `+1_000`, with white space around, leading zeros allowed.
enum PythonInteger {
    /// Returns the number; nil if the text is not a number, or does not fit.
    static func read(_ text: String, radix: Int = 10) -> Int? {
        var digits = text.strippedAsPython.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") {
            digits.removeFirst()
        }
        if radix == 8, digits.starts(with: "0o".utf8) || digits.starts(with: "0O".utf8) {
            digits = digits.dropFirst(2)
            // One underscore is allowed between the prefix and the first digit.
            digits = digits.first == underscore ? digits.dropFirst() : digits
        }
        guard let first = digits.first, let last = digits.last, first != underscore, last != underscore else {
            return nil
        }
        return number(digits, radix: radix, isNegative: isNegative)
    }

    private static let underscore = UInt8(ascii: "_")

    private static func number(_ digits: Substring.UTF8View, radix: Int, isNegative: Bool) -> Int? {
        var number = 0
        var previous: UInt8 = 0
        for byte in digits {
            defer { previous = byte }
            if byte == underscore, previous != underscore {
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                return nil
            }
            let digit = Int(byte - UInt8(ascii: "0"))
            let (product, overflowed) = number.multipliedReportingOverflow(by: radix)
            let (sum, overflowedAgain) = product.addingReportingOverflow(isNegative ? -digit : digit)
            guard digit < radix, !overflowed, !overflowedAgain else {
                return nil
            }
            number = sum
        }
        return number
    }
}
