/// Replaces `&amp;`, `&#10;` and other entities by their characters; unknown or unterminated ones stay as they are.
func replacingEntities(in text: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var rest = text
    while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
        output += rest[..<ampersand]
        rest = rest[ampersand...]
        // The longest is `&#1114111;`. Without a limit, many lone ampersands would take quadratic time.
        let window = rest.prefix(16)
        guard let semicolon = window.firstIndex(of: UInt8(ascii: ";")),
            let replacement = entity(window[..<semicolon].dropFirst())
        else {
            output.append(UInt8(ascii: "&"))
            rest = rest.dropFirst()
            continue
        }
        output += replacement
        rest = rest[semicolon...].dropFirst()
    }
    return output + rest
}

/// Returns the UTF-8 of an entity, given without its `&` and `;`.
private func entity(_ name: ArraySlice<UInt8>) -> [UInt8]? {
    switch String(decoding: name, as: UTF8.self) {
    case "amp": [UInt8(ascii: "&")]
    case "lt": [UInt8(ascii: "<")]
    case "gt": [UInt8(ascii: ">")]
    case "quot": [UInt8(ascii: "\"")]
    case "apos": [UInt8(ascii: "'")]
    case let other: character(other.utf8)
    }
}

/// Returns the UTF-8 of a character, given by its number: `#10`, `#x1F600`.
private func character(_ reference: String.UTF8View) -> [UInt8]? {
    guard reference.first == UInt8(ascii: "#") else {
        return nil
    }
    let digits = reference.dropFirst()
    let isHexadecimal = digits.first == UInt8(ascii: "x") || digits.first == UInt8(ascii: "X")
    let number = isHexadecimal ? UInt32(Substring(digits.dropFirst()), radix: 16) : UInt32(Substring(digits))
    return number.flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
}
