/// Reads integers as Python's `int()` does: `+1_000` or `٣`, with white space around, leading zeros allowed.
enum PythonInteger {
    /// Returns the number, or the nearest one that fits; nil if the text is not a number.
    static func read(_ text: String, radix: Int = 10) -> Int? {
        guard let ascii = text.strippedAsPython.withASCIIDigits else {
            return nil
        }
        var digits = ascii.utf8[...]
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
        return value(digits, radix: radix, isNegative: isNegative)
    }

    private static let underscore = UInt8(ascii: "_")

    private static func value(_ digits: Substring.UTF8View, radix: Int, isNegative: Bool) -> Int? {
        var value = 0
        var fits = true
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
            guard digit < radix else {
                return nil
            }
            let (product, overflowed) = value.multipliedReportingOverflow(by: radix)
            let (sum, overflowedAgain) = product.addingReportingOverflow(isNegative ? -digit : digit)
            fits = fits && !overflowed && !overflowedAgain
            value = sum
        }
        return fits ? value : isNegative ? .min : .max
    }
}

extension String {
    /// The text with ASCII digits in place of those of other scripts; nil if it has another character outside of ASCII.
    fileprivate var withASCIIDigits: String? {
        guard utf8.contains(where: { $0 >= 0x80 }) else {
            return self
        }
        var ascii = ""
        for scalar in unicodeScalars {
            if scalar.isASCII {
                ascii.unicodeScalars.append(scalar)
            } else if scalar.properties.numericType == .decimal,
                let digit = scalar.properties.numericValue.flatMap({ Int(exactly: $0) })
            {
                ascii += String(digit)
            } else {
                return nil
            }
        }
        return ascii
    }
}
