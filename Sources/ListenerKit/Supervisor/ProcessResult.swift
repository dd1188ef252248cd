/// What became of one process of a call that was about several.
public struct ProcessResult: Hashable, Sendable {
    /// The process.
    public var name: ProcessName
    /// Why it did not work; `nil` where it did.
    public var fault: Fault?

    /// Describes a result.
    ///
    /// - Parameters:
    ///   - name: The process.
    ///   - fault: Why it did not work; `nil` where it did.
    public init(name: ProcessName, fault: Fault? = nil) {
        self.name = name
        self.fault = fault
    }
}

extension ProcessResult {
    /// Reads a member of a reply; `nil` results where it names no process or has no status.
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

    /// Reads a whole reply, in which `true` stands for the one process that the call was about.
    static func all(_ reply: XMLRPCValue) -> [ProcessResult]? {
        guard reply.boolean == nil else {
            return []
        }
        return reply.array?.compactMap { ProcessResult($0) }
    }
}
