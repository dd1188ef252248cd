/// Evaluates Python's `text % names`.
struct PercentFormatter {
    private let bytes: [UInt8]
    private let names: ExpansionNames
    private var index = 0
    private var result: [UInt8] = []
    /// Whether a conversion without a name can still take the one argument that Python has for it.
    private var isArgumentLeft = true
    /// Whether there was a conversion without a name.
    private(set) var insertsEverything = false
    /// The variables that are not set, each once.
    private var unset: [UnsetVariable] = []

    private static let percent = UInt8(ascii: "%")

    init(_ template: String, _ names: ExpansionNames) {
        bytes = Array(template.utf8)
        self.names = names
    }

    mutating func format() throws(ExpansionError) -> String {
        while let percent = bytes[index...].firstIndex(of: Self.percent) {
            result.append(contentsOf: bytes[index..<percent])
            index = percent + 1
            if next == Self.percent {
                index += 1
                result.append(Self.percent)
            } else {
                try convert(from: percent)
            }
        }
        guard unset.isEmpty else {
            throw .unset(unset)
        }
        result.append(contentsOf: bytes[index...])
        return String(decoding: result, as: UTF8.self)
    }

    private var next: UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// Replaces one conversion: `(name)`, flags, width, precision, and the conversion letter.
    private mutating func convert(from start: Int) throws(ExpansionError) {
        var value: ExpansionNames.Value?
        let name = try readName(from: start)
        if let name {
            value = if let defined = names[name] { defined } else { try missingValue(name) }
        }
        let field = try readField(from: start)
        guard let conversion = next, let kind = PercentField.Conversion(conversion) else {
            throw .barePercent(rest(from: start))
        }
        index += 1
        if let name, let value {
            isArgumentLeft = false
            guard unset.isEmpty else {
                return
            }
            guard let text = field.format(value, as: kind) else {
                throw .cannotConvert(name: name, conversion: String(UnicodeScalar(conversion)))
            }
            result.append(contentsOf: text.utf8)
        } else {
            guard isArgumentLeft, kind.acceptsAnything else {
                throw .barePercent(rest(from: start))
            }
            isArgumentLeft = false
            insertsEverything = true
            result.append(contentsOf: bytes[start..<index])
        }
    }

    /// Notes a variable that is not set, because there may be more of them.
    private mutating func missingValue(_ name: String) throws(ExpansionError) -> ExpansionNames.Value {
        let error = names.error(for: name)
        guard case .unset(let variables) = error else {
            throw error
        }
        unset += variables.filter { !unset.contains($0) }
        return .text("")
    }

    /// Reads a name in parentheses, which may contain parentheses itself.
    private mutating func readName(from start: Int) throws(ExpansionError) -> String? {
        guard next == UInt8(ascii: "(") else {
            return nil
        }
        index += 1
        let begin = index
        var depth = 1
        while let byte = next {
            index += 1
            if byte == UInt8(ascii: "(") {
                depth += 1
            } else if byte == UInt8(ascii: ")") {
                depth -= 1
            }
            if depth == 0 {
                return String(decoding: bytes[begin..<index - 1], as: UTF8.self)
            }
        }
        throw .barePercent(rest(from: start))
    }

    private mutating func readField(from start: Int) throws(ExpansionError) -> PercentField {
        var field = PercentField()
        while let byte = next, field.set(flag: byte) {
            index += 1
        }
        field.width = try readNumber(from: start)
        if next == UInt8(ascii: ".") {
            index += 1
            field.precision = try readNumber(from: start) ?? 0
        }
        // C's length modifiers are allowed and have no effect.
        if let byte = next, byte == UInt8(ascii: "l") || byte == UInt8(ascii: "h") || byte == UInt8(ascii: "L") {
            index += 1
        }
        return field
    }

    private mutating func readNumber(from start: Int) throws(ExpansionError) -> Int? {
        var number: Int?
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            index += 1
            number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            if let number, number > PercentField.widthLimit {
                throw .tooWide(rest(from: start))
            }
        }
        return number
    }

    private func rest(from start: Int) -> String {
        String(decoding: bytes[start...].prefix(20), as: UTF8.self)
    }
}
