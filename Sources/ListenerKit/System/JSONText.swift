/// Writes JSON, piece by piece.
package struct JSONText {
    /// The text written so far.
    package private(set) var bytes: [UInt8] = []
    /// Whether the next member or element follows another one.
    private var needsComma = false

    /// Begins with nothing.
    package init() {}

    /// Writes an object.
    package mutating func object(_ members: (inout JSONText) -> Void) {
        enclose("{", "}", members)
    }

    /// Writes an array.
    package mutating func array<Element>(_ elements: [Element], _ write: (inout JSONText, Element) -> Void) {
        enclose("[", "]") { json in
            for element in elements {
                write(&json, element)
            }
        }
    }

    /// Writes the name of a member; its value must come next.
    package mutating func key(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string; `null` for nil.
    package mutating func string(_ text: String?) {
        guard let text else {
            return null()
        }
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(escaping: text, quoting: true)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an integer; `null` for nil.
    package mutating func number(_ number: Int?) {
        guard let number else {
            return null()
        }
        separate()
        bytes.append(contentsOf: String(number).utf8)
    }

    /// Writes a number of seconds, without any loss; `null` for nil.
    package mutating func seconds(_ duration: Duration?) {
        guard let duration else {
            return null()
        }
        separate()
        bytes.append(contentsOf: duration.exactSeconds.utf8)
    }

    /// Writes true or false.
    package mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Starts a new line, for people who read it.
    package mutating func newLine() {
        separate()
        bytes.append(UInt8(ascii: "\n"))
        needsComma = false
    }

    private mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
    }

    private mutating func separate() {
        if needsComma {
            bytes.append(UInt8(ascii: ","))
        }
        needsComma = true
    }

    private mutating func enclose(
        _ opening: Unicode.Scalar,
        _ closing: Unicode.Scalar,
        _ inside: (inout JSONText) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        inside(&self)
        bytes.append(UInt8(ascii: closing))
        needsComma = true
    }
}
