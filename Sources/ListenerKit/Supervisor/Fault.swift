/// supervisord's own word that it did not do what a call asked for.
public struct Fault: Error, Hashable, Sendable {
    /// The number of the fault.
    public let code: Int
    /// What supervisord says: the name of the fault, mostly followed by what it is about: `BAD_NAME: web`.
    public let message: String

    /// Describes a fault by its number.
    ///
    /// - Parameters:
    ///   - code: The number of the fault.
    ///   - message: What supervisord says.
    public init(code: Int, message: String) {
        self.code = code
        self.message = message
    }

    /// Describes a fault by its name.
    ///
    /// - Parameters:
    ///   - known: The fault.
    ///   - detail: What it is about, if there is something to say.
    public init(_ known: Known, _ detail: String = "") {
        self.init(code: known.rawValue, message: detail.isEmpty ? known.name : "\(known.name): \(detail)")
    }

    /// The fault by its name; `nil` where supervisord's source has none for this number.
    public var known: Known? {
        Known(rawValue: code)
    }
}

extension Fault {
    /// Reads the value that stands in a reply for a fault, as far as it can be read.
    init(_ value: XMLRPCValue) {
        self.init(code: value["faultCode"]?.int ?? 0, message: value["faultString"]?.string ?? "")
    }
}

extension Fault: CustomStringConvertible {
    /// What supervisord says, or the number where it says nothing.
    public var description: String {
        message.isEmpty ? "fault \(code)" : message
    }
}
