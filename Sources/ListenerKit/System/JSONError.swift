/// Why a text is not a JSON document.
package struct JSONError: Error, Equatable {
    /// The kinds of faults.
    package enum Fault: Equatable, Sendable {
        /// It ends too early.
        case cutOff
        /// It has something else than this.
        case expected(String)
        /// A number is not written as JSON allows.
        case malformedNumber
        /// A string has a control character that is not escaped.
        case controlCharacter
        /// A backslash in a string has no meaning.
        case unknownEscape
        /// A string is not UTF-8.
        case notText
        /// Its values are nested too deeply.
        case tooDeep
        /// More follows its value.
        case trailingText
    }

    /// What is wrong.
    package let fault: Fault
    /// At which byte, counted from 0.
    package let offset: Int
}

extension JSONError: CustomStringConvertible {
    /// What is wrong, and where: `it ends too early at byte 17`.
    package var description: String {
        let words =
            switch fault {
            case .cutOff: "it ends too early"
            case .expected(let something): "it has no \(something)"
            case .malformedNumber: "it has a malformed number"
            case .controlCharacter: "a string has a control character"
            case .unknownEscape: "a string has an unknown escape sequence"
            case .notText: "a string is not UTF-8"
            case .tooDeep: "it nests too deeply"
            case .trailingText: "more follows its end"
            }
        return "\(words) at byte \(offset)"
    }
}
