/// An XML-RPC value, in a call or in a reply.
@nonexhaustive
public enum XMLRPCValue: Hashable, Sendable {
    /// An integer.
    case int(Int)
    /// A string.
    case string(String)
    /// A boolean.
    case boolean(Bool)
    /// A floating-point number.
    case double(Double)
    /// An array of values.
    case array([XMLRPCValue])
    /// Values by name, in no order.
    case `struct`([String: XMLRPCValue])
}

extension XMLRPCValue {
    /// The number, if this is an integer.
    public var int: Int? {
        guard case .int(let number) = self else {
            return nil
        }
        return number
    }

    /// The text, if this is a string.
    public var string: String? {
        guard case .string(let text) = self else {
            return nil
        }
        return text
    }

    /// The value, if this is a boolean.
    public var boolean: Bool? {
        guard case .boolean(let truth) = self else {
            return nil
        }
        return truth
    }

    /// The number, if this is an integer or a floating-point number.
    public var double: Double? {
        switch self {
        case .double(let number): number
        case .int(let number): Double(number)
        default: nil
        }
    }

    /// The values, if this is an array.
    public var array: [XMLRPCValue]? {
        guard case .array(let values) = self else {
            return nil
        }
        return values
    }

    /// The values by name, if this is a struct.
    public var `struct`: [String: XMLRPCValue]? {
        guard case .struct(let members) = self else {
            return nil
        }
        return members
    }

    /// The member of that name, if this is a struct that has it.
    ///
    /// - Parameter name: The name of the member.
    public subscript(name: String) -> XMLRPCValue? {
        self.struct?[name]
    }
}

extension XMLRPCValue: ExpressibleByStringLiteral {
    /// Creates a string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension XMLRPCValue: ExpressibleByIntegerLiteral {
    /// Creates an integer.
    public init(integerLiteral value: Int) {
        self = .int(value)
    }
}

extension XMLRPCValue: ExpressibleByBooleanLiteral {
    /// Creates a boolean.
    public init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension XMLRPCValue: ExpressibleByFloatLiteral {
    /// Creates a floating-point number.
    public init(floatLiteral value: Double) {
        self = .double(value)
    }
}

extension XMLRPCValue: ExpressibleByArrayLiteral {
    /// Creates an array.
    public init(arrayLiteral elements: XMLRPCValue...) {
        self = .array(elements)
    }
}

extension XMLRPCValue: ExpressibleByDictionaryLiteral {
    /// Creates a struct; if several members have the same name, the last one counts.
    public init(dictionaryLiteral elements: (String, XMLRPCValue)...) {
        self = .struct(Dictionary(elements) { _, last in last })
    }
}
