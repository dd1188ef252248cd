/// Reads a JSON document (RFC 8259) from memory.
struct JSONReader {
    /// The deepest nesting: many times what a log has, and little enough for the stack of any thread.
    static let deepest = 64

    /// The document.
    let bytes: ArraySlice<UInt8>
    /// The index of the next byte.
    var position: Int
    /// How many arrays and objects are open.
    private var depth = 0

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Reads the whole document.
    mutating func document() throws(JSONError) -> JSONValue {
        let value = try value()
        skipWhiteSpace()
        guard position == bytes.endIndex else {
            throw error(.trailingText)
        }
        return value
    }

    /// The next byte; nil at the end.
    var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    /// Describes a fault at the next byte; whatever is wrong at the end, the document ends too early.
    func error(_ fault: JSONError.Fault) -> JSONError {
        let isAtEnd = position >= bytes.endIndex
        return JSONError(fault: isAtEnd ? .cutOff : fault, offset: position - bytes.startIndex)
    }

    /// Skips a byte that must come next.
    private mutating func skip(_ byte: Unicode.Scalar) throws(JSONError) {
        guard next == UInt8(ascii: byte) else {
            throw error(.expected("'\(byte)'"))
        }
        position += 1
    }

    private mutating func skipWhiteSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        skipWhiteSpace()
        guard let next else {
            throw error(.cutOff)
        }
        switch next {
        case UInt8(ascii: "{"): return try nested { reader throws(JSONError) in .object(try reader.members()) }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in .array(try reader.elements()) }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw error(.expected("value"))
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < Self.deepest else {
            throw error(.tooDeep)
        }
        depth += 1
        position += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func members() throws(JSONError) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        skipWhiteSpace()
        guard next != UInt8(ascii: "}") else {
            position += 1
            return []
        }
        while true {
            skipWhiteSpace()
            guard next == UInt8(ascii: "\"") else {
                throw error(.expected("name of a member"))
            }
            let name = try string()
            skipWhiteSpace()
            try skip(":")
            members.append(JSONValue.Member(name, try value()))
            if try ends(with: "}") {
                return members
            }
        }
    }

    private mutating func elements() throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        skipWhiteSpace()
        guard next != UInt8(ascii: "]") else {
            position += 1
            return []
        }
        while true {
            elements.append(try value())
            if try ends(with: "]") {
                return elements
            }
        }
    }

    /// Whether the container ends here, rather than that a comma comes and one more value.
    private mutating func ends(with closing: Unicode.Scalar) throws(JSONError) -> Bool {
        skipWhiteSpace()
        guard next != UInt8(ascii: ",") else {
            position += 1
            return false
        }
        guard next == UInt8(ascii: closing) else {
            throw error(.expected("',' or '\(closing)'"))
        }
        position += 1
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard next == word.utf8Start[index] else {
                throw error(.expected("value"))
            }
            position += 1
        }
        return value
    }

    // MARK: - Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if next == UInt8(ascii: "-") {
            position += 1
        }
        if next == 0x30 {
            position += 1
        } else {
            try skipDigits()
        }
        let end = position
        if next == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") {
                position += 1
            }
            try skipDigits()
        }
        if position == end, let integer = Int(decimal: bytes[start..<end]) {
            return .integer(integer)
        }
        return .number(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    /// Skips at least one digit.
    private mutating func skipDigits() throws(JSONError) {
        let start = position
        while let byte = next, byte >= 0x30, byte <= 0x39 {
            position += 1
        }
        guard position > start else {
            throw error(.malformedNumber)
        }
    }
}
