/// The result for one process of a call that concerns several.
public struct ProcessResult: Hashable, Sendable {
    /// The process.
    public var name: ProcessName
    /// Why it failed; `nil` if it succeeded.
    public var fault: Fault?

    /// Creates a result.
    ///
    /// - Parameters:
    ///   - name: The process.
    ///   - fault: Why it failed; `nil` if it succeeded.
    public init(name: ProcessName, fault: Fault? = nil) {
        self.name = name
        self.fault = fault
    }
}

extension ProcessResult {
    /// Reads a member of a reply; `nil` if it has no process or no status.
    init?(_ value: XMLRPCValue) {
        guard let process = value["name"]?.string, let status = value["status"]?.int else {
            return nil
        }
        self.init(
            name: ProcessName(group: value["group"]?.string ?? process, process: process),
            fault: status == Fault.Known.success.rawValue
                ? nil : Fault(code: status, message: value["description"]?.string ?? "")
        )
    }

    /// Reads a reply: a list of results, or `true` for a call that concerns one process.
    static func all(_ reply: XMLRPCValue) -> [ProcessResult]? {
        guard reply.boolean == nil else {
            return []
        }
        return reply.array?.compactMap { ProcessResult($0) }
    }
}
