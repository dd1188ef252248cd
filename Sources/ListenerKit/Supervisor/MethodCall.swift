/// One call among those that are made in one exchange.
public struct MethodCall: Hashable, Sendable {
    /// The whole name of the method: `supervisor.startProcess`.
    public var method: String
    /// The values to call it with.
    public var parameters: [XMLRPCValue]

    /// Describes a call.
    ///
    /// - Parameters:
    ///   - method: The whole name of the method.
    ///   - parameters: The values to call it with.
    public init(_ method: String, _ parameters: [XMLRPCValue] = []) {
        self.method = method
        self.parameters = parameters
    }
}
