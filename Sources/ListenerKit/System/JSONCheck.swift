/// Reads JSON strictly, as RFC 8259 has it, to find out whether it is valid; nothing is kept of it.
///
/// What any reader may refuse counts as invalid too: halves of surrogate pairs, numbers that do not fit, and deep nesting.
package struct JSONCheck: ~Copyable {
    /// How many objects and arrays may be open at a time: as many as there are bits.
    private static let deepestLevel = 64
    /// How long a number may be, so that it fits.
    private static let longestNumber = 100

    private enum Expectation {
        case value, valueOrEnd, key, keyOrEnd, commaOrEnd
    }

    private var index = 0
    private var level = 0
    /// A bit for each open level, the last one at the end: whether it is an object.
    private var objects: UInt64 = 0

    private init() {}

    /// Returns whether bytes are one JSON object, with or without white space around it.
    package static func isObject(_ bytes: ArraySlice<UInt8>) -> Bool {
        // Nearly all that is no object is seen by its first byte.
        guard bytes.first(where: { !isSpace($0) }) == UInt8(ascii: "{"), (try? UTF8Span(validating: bytes.span)) != nil
        else {
            return false
        }
        var check = JSONCheck()
        return check.readObject(bytes.span)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private mutating func readObject(_ bytes: Span<UInt8>) -> Bool {
        var expectation = Expectation.value
        repeat {
            skipSpace(bytes)
            guard index < bytes.count, let next = read(bytes, expectation) else {
                return false
            }
            expectation = next
        } while level > 0
        skipSpace(bytes)
        return index == bytes.count
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while index < bytes.count, Self.isSpace(bytes[index]) {
            index += 1
        }
    }

    /// Reads the next part, which is there.
    ///
    /// - Returns: What must come next; nil if this is not valid.
    private mutating func read(_ bytes: Span<UInt8>, _ expectation: Expectation) -> Expectation? {
        let isObject = objects & 1 == 1
        switch (bytes[index], expectation) {
        case (UInt8(ascii: "}"), .keyOrEnd), (UInt8(ascii: "]"), .valueOrEnd): return close()
        case (UInt8(ascii: "}"), .commaOrEnd): return isObject ? close() : nil
        case (UInt8(ascii: "]"), .commaOrEnd): return isObject ? nil : close()
        case (UInt8(ascii: ","), .commaOrEnd):
            index += 1
            return isObject ? .key : .value
        case (UInt8(ascii: "\""), .key), (UInt8(ascii: "\""), .keyOrEnd):
            guard skipString(bytes) else {
                return nil
            }
            skipSpace(bytes)
            return skip(":", bytes) ? .value : nil
        case (let byte, .value), (let byte, .valueOrEnd): return readValue(bytes, byte)
        default: return nil
        }
    }

    private mutating func readValue(_ bytes: Span<UInt8>, _ first: UInt8) -> Expectation? {
        let isValid =
            switch first {
            case UInt8(ascii: "{"), UInt8(ascii: "["): true
            case UInt8(ascii: "\""): skipString(bytes)
            case UInt8(ascii: "t"): skip("true", bytes)
            case UInt8(ascii: "f"): skip("false", bytes)
            case UInt8(ascii: "n"): skip("null", bytes)
            default: skipNumber(bytes)
            }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            return isValid ? .commaOrEnd : nil
        }
        return open(isObject: first == UInt8(ascii: "{"))
    }

    private mutating func open(isObject: Bool) -> Expectation? {
        guard level < Self.deepestLevel else {
            return nil
        }
        index += 1
        level += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        return isObject ? .keyOrEnd : .valueOrEnd
    }

    private mutating func close() -> Expectation {
        index += 1
        level -= 1
        objects >>= 1
        return .commaOrEnd
    }

    private mutating func skip(_ text: StaticString, _ bytes: Span<UInt8>) -> Bool {
        guard text.withUTF8Buffer({ bytes.holds($0, at: index) }) else {
            return false
        }
        index += text.utf8CodeUnitCount
        return true
    }
}

// MARK: - Strings and numbers

extension JSONCheck {
    /// Moves behind a string, whose opening quotation mark is here.
    private mutating func skipString(_ bytes: Span<UInt8>) -> Bool {
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"):
                guard skipEscape(bytes) else {
                    return false
                }
            case 0..<0x20: return false
            default: break
            }
        }
        return false
    }

    /// Moves behind what follows a backslash.
    private mutating func skipEscape(_ bytes: Span<UInt8>) -> Bool {
        guard index < bytes.count else {
            return false
        }
        let letter = bytes[index]
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return true
        case UInt8(ascii: "u"):
            switch skipHexadecimal(bytes) {
            case nil, .some(0xDC00...0xDFFF): return false
            case .some(0xD800...0xDBFF):
                guard skip("\\u", bytes), let second = skipHexadecimal(bytes) else {
                    return false
                }
                return (0xDC00...0xDFFF).contains(second)
            default: return true
            }
        default: return false
        }
    }

    private mutating func skipHexadecimal(_ bytes: Span<UInt8>) -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard index < bytes.count, let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                return nil
            }
            value = value << 4 | digit
            index += 1
        }
        return value
    }

    private mutating func skipNumber(_ bytes: Span<UInt8>) -> Bool {
        let start = index
        _ = skip("-", bytes)
        let hasZero = skip("0", bytes)
        guard hasZero || skipDigits(bytes) > 0 else {
            return false
        }
        if skip(".", bytes), skipDigits(bytes) == 0 {
            return false
        }
        if skip("e", bytes) || skip("E", bytes) {
            _ = skip("+", bytes) || skip("-", bytes)
            // No more digits: the number would be too large, or nothing.
            guard (1...2).contains(skipDigits(bytes)) else {
                return false
            }
        }
        return index - start <= Self.longestNumber
    }

    private mutating func skipDigits(_ bytes: Span<UInt8>) -> Int {
        let start = index
        while index < bytes.count, case 0..<10 = bytes[index] &- 0x30 {
            index += 1
        }
        return index - start
    }
}
