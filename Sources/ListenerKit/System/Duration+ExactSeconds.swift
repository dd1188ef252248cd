extension Duration {
    /// The digits behind the point of the smallest duration: an attosecond.
    private static let digits = 18

    /// The seconds as a decimal number, without any loss: `0.353047265`, `2`, `-0.5`.
    package var exactSeconds: String {
        // The components would not hold more seconds than an Int64 has.
        let (seconds, attoseconds) = attoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000_000_000_000)
        var text = "\(self < .zero ? "-" : "")\(seconds)"
        guard attoseconds != 0 else {
            return text
        }
        var fraction = attoseconds
        var count = Self.digits
        while fraction.isMultiple(of: 10) {
            fraction /= 10
            count -= 1
        }
        let digits = String(fraction)
        text += "." + String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
        return text
    }

    /// Reads what ``exactSeconds`` has written; nil for anything else.
    package init?(exactSeconds text: String) {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let number = text.utf8.dropFirst(isNegative ? 1 : 0)
        let point = number.firstIndex(of: UInt8(ascii: ".")) ?? number.endIndex
        let fraction = number[point...].dropFirst()
        let isDecimal = number.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
        guard isDecimal, fraction.count <= Self.digits, let seconds = Int64(String(Substring(number[..<point]))),
            let attoseconds = Int64(
                "0" + String(Substring(fraction)) + String(repeating: "0", count: Self.digits - fraction.count)
            )
        else {
            return nil
        }
        let magnitude = Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
        self = isNegative ? .zero - magnitude : magnitude
    }
}
