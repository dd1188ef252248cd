/// A fault: supervisord's answer that a call has failed.
public struct Fault: Error, Hashable, Sendable {
    /// The number of the fault.
    public let code: Int
    /// supervisord's message: the name of the fault, mostly followed by a detail: `BAD_NAME: web`.
    public let message: String

    /// Creates a fault from its number.
    ///
    /// - Parameters:
    ///   - code: The number of the fault.
    ///   - message: supervisord's message.
    public init(code: Int, message: String) {
        self.code = code
        self.message = message
    }

    /// Creates a fault from its name.
    ///
    /// - Parameters:
    ///   - known: The fault.
    ///   - detail: The detail, such as a name; may be empty.
    public init(_ known: Known, _ detail: String = "") {
        self.init(code: known.rawValue, message: detail.isEmpty ? known.name : "\(known.name): \(detail)")
    }

    /// The fault by its name; `nil` if supervisord's source has no name for this number.
    public var known: Known? {
        Known(rawValue: code)
    }
}

extension Fault {
    /// Reads the value of a fault in a reply, as far as it can be read.
    init(_ value: XMLRPCValue) {
        self.init(code: value["faultCode"]?.int ?? 0, message: value["faultString"]?.string ?? "")
    }
}

extension Fault: CustomStringConvertible {
    /// supervisord's message, or the number if that is empty.
    public var description: String {
        message.isEmpty ? "fault \(code)" : message
    }
}
