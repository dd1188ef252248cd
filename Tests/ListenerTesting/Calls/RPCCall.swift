public import ListenerKit

/// A call that supervisord was sent.
public struct RPCCall: Hashable, Sendable {
    /// The method, without `supervisor.` before it: `startProcess`, `system.multicall`.
    public let method: String
    /// The arguments of the call.
    public let parameters: [XMLRPCValue]

    /// Describes a call.
    ///
    /// - Parameters:
    ///   - method: The method, without `supervisor.` before it.
    ///   - parameters: What it was called with.
    public init(_ method: String, _ parameters: XMLRPCValue...) {
        self.init(method: method, parameters: parameters)
    }

    init(method: String, parameters: [XMLRPCValue]) {
        let prefix = "supervisor."
        self.method = method.hasPrefix(prefix) ? String(method.dropFirst(prefix.count)) : method
        self.parameters = parameters
    }
}

extension RPCCall: CustomStringConvertible {
    /// The call as one would write it: `startProcess(web, true)`.
    public var description: String {
        "\(method)(\(parameters.map { Self.text($0) }.joined(separator: ", ")))"
    }

    private static func text(_ value: XMLRPCValue) -> String {
        switch value {
        case .int(let number): String(number)
        case .string(let text): text
        case .boolean(let truth): String(truth)
        case .double(let number): String(number)
        case .array(let values): "[\(values.map { text($0) }.joined(separator: ", "))]"
        case .struct(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(separator: ", "))}"
        }
    }
}
