/// What a call led to.
package typealias XMLRPCReply = Result<XMLRPCValue, Fault>

/// Reads the reply to a call.
///
/// - Parameter bytes: The document.
/// - Returns: The value, or the fault, that it holds.
/// - Throws: ``XMLRPCError``, where it is not a whole reply.
package func readReply(_ bytes: [UInt8]) throws(XMLRPCError) -> XMLRPCReply {
    try readReply(in: bytes[...])
}

/// Reads the reply to a call, in what was received.
///
/// - Parameter bytes: The document.
/// - Returns: The value, or the fault, that it holds.
/// - Throws: ``XMLRPCError``, where it is not a whole reply.
package func readReply(in bytes: ArraySlice<UInt8>) throws(XMLRPCError) -> XMLRPCReply {
    var reader = XMLRPCReader(bytes)
    return try reader.reply()
}
