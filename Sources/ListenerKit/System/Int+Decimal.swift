extension Int {
    /// Reads a decimal number with an optional minus sign; nil results for anything else, and if it does not fit.
    package init?(decimal bytes: ArraySlice<UInt8>) {
        let isNegative = bytes.first == UInt8(ascii: "-")
        let digits = isNegative ? bytes.dropFirst() : bytes
        guard !digits.isEmpty else {
            return nil
        }
        var value = 0
        for byte in digits {
            guard byte >= 0x30, byte <= 0x39 else {
                return nil
            }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let digit = Int(byte) - 0x30
            // A negative number is built by subtraction, because the lowest one has no positive counterpart.
            let (sum, overflows) =
                isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !isTooLarge, !overflows else {
                return nil
            }
            value = sum
        }
        self = value
    }
}
