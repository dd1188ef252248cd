/// A value of a JSON document (RFC 8259).
package enum JSONValue: Equatable, Sendable {
    /// A member of an object.
    package struct Member: Equatable, Sendable {
        /// Its name.
        package let name: String
        /// Its value.
        package let value: JSONValue

        /// Pairs a name with a value.
        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    /// An object: its members in the order of the document, also those whose name occurs more than once.
    case object([Member])
    /// An array.
    case array([JSONValue])
    /// A string; half of a surrogate pair that is written alone has become U+FFFD.
    case string(String)
    /// A number without a fraction and an exponent that fits.
    case integer(Int)
    /// Any other number, as it is written: nothing of it is lost.
    case number(String)
    /// True or false.
    case boolean(Bool)
    /// `null`.
    case null

    /// Reads a document, which is one value and nothing else but white space.
    ///
    /// - Parameter bytes: The document in UTF-8.
    /// - Throws: ``JSONError`` for anything that RFC 8259 does not allow, and for values nested deeper than ``JSONReader/deepest``.
    package init(_ bytes: ArraySlice<UInt8>) throws(JSONError) {
        var reader = JSONReader(bytes)
        self = try reader.document()
    }
}

// MARK: - Values of a kind

extension JSONValue {
    /// The value of an object's member, nil if there is none or this is no object; the last one if its name occurs more than once.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else {
            return nil
        }
        return members.last { $0.name == name }?.value
    }

    /// The elements of an array; nil if it is none.
    package var elements: [JSONValue]? {
        guard case .array(let elements) = self else {
            return nil
        }
        return elements
    }

    /// The text of a string; nil if it is none.
    package var text: String? {
        guard case .string(let text) = self else {
            return nil
        }
        return text
    }

    /// An integer; nil if it is none.
    package var integer: Int? {
        guard case .integer(let integer) = self else {
            return nil
        }
        return integer
    }

    /// Any number, as close as can be; nil if it is none, or too large.
    package var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// True or false; nil if it is neither.
    package var boolean: Bool? {
        guard case .boolean(let boolean) = self else {
            return nil
        }
        return boolean
    }
}
