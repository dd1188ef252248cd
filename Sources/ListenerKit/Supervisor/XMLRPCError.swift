/// Why a document is no reply to an XML-RPC call.
package enum XMLRPCError: Error, Equatable {
    /// It ends too early.
    case cutOff
    /// Something else was to be expected at this byte.
    case unexpected(String, offset: Int)
    /// Values lie in values deeper than any that supervisord sends.
    case tooDeep
    /// There are more values than supervisord ever sends.
    case tooMany
}

extension XMLRPCError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cutOff: "it ends too early"
        case .unexpected(let what, let offset): "\(what) at byte \(offset)"
        case .tooDeep: "it nests too deeply"
        case .tooMany: "it has too many values"
        }
    }
}
