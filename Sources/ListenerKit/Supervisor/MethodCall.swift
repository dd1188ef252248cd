/// One of the calls of a multicall.
public struct MethodCall: Hashable, Sendable {
    /// The full name of the method: `supervisor.startProcess`.
    public var method: String
    /// The arguments.
    public var parameters: [XMLRPCValue]

    /// Creates a call.
    ///
    /// - Parameters:
    ///   - method: The full name of the method.
    ///   - parameters: The arguments.
    public init(_ method: String, _ parameters: [XMLRPCValue] = []) {
        self.method = method
        self.parameters = parameters
    }
}
