/// Why a document is not a reply to an XML-RPC call.
package enum XMLRPCError: Error, Equatable {
    /// It ends too early.
    case cutOff
    /// It has something unexpected at this byte.
    case unexpected(String, offset: Int)
    /// Its values are nested deeper than any that supervisord sends.
    case tooDeep
    /// It has more values than supervisord ever sends.
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
