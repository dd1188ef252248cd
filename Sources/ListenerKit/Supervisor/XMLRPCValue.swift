/// A value as XML-RPC carries it, in a call or in a reply.
@nonexhaustive
public enum XMLRPCValue: Hashable, Sendable {
    /// A whole number.
    case int(Int)
    /// Text.
    case string(String)
    /// A truth value.
    case boolean(Bool)
    /// A number that need not be whole.
    case double(Double)
    /// Values in a row.
    case array([XMLRPCValue])
    /// Values by name, in no order.
    case `struct`([String: XMLRPCValue])
}

extension XMLRPCValue {
    /// The number, where this is a whole one.
    public var int: Int? {
        guard case .int(let number) = self else {
            return nil
        }
        return number
    }

    /// The text, where this is one.
    public var string: String? {
        guard case .string(let text) = self else {
            return nil
        }
        return text
    }

    /// The truth value, where this is one.
    public var boolean: Bool? {
        guard case .boolean(let truth) = self else {
            return nil
        }
        return truth
    }

    /// The number, where this is one, whole or not.
    public var double: Double? {
        switch self {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    /// The values, where this is an array.
    public var array: [XMLRPCValue]? {
        guard case .array(let values) = self else {
            return nil
        }
        return values
    }

    /// The values by name, where this is a struct.
    public var `struct`: [String: XMLRPCValue]? {
        guard case .struct(let members) = self else {
            return nil
        }
        return members
    }

    /// The member of that name, where this is a struct that has it.
    ///
    /// - Parameter name: The name of the member.
    public subscript(name: String) -> XMLRPCValue? {
        self.struct?[name]
    }
}

extension XMLRPCValue: ExpressibleByStringLiteral {
    /// Makes a string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension XMLRPCValue: ExpressibleByIntegerLiteral {
    /// Makes an int.
    public init(integerLiteral value: Int) {
        self = .int(value)
    }
}

extension XMLRPCValue: ExpressibleByBooleanLiteral {
    /// Makes a boolean.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension XMLRPCValue: ExpressibleByFloatLiteral {
    /// Makes a double.
    public init(floatLiteral value: Double) {
        self = .double(value)
    }
}

extension XMLRPCValue: ExpressibleByArrayLiteral {
    /// Makes an array.
    public init(arrayLiteral elements: XMLRPCValue...) {
        self = .array(elements)
    }
}

extension XMLRPCValue: ExpressibleByDictionaryLiteral {
    /// Makes a struct; of members of the same name the last one counts.
    public init(dictionaryLiteral elements: (String, XMLRPCValue)...) {
        self = .struct(Dictionary(elements) { _, last in last })
    }
}
