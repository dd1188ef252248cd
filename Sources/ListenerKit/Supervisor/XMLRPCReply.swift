/// The result of a call.
package typealias XMLRPCReply = Result<XMLRPCValue, Fault>

/// Parses the reply to a call.
///
/// - Parameter bytes: The document.
/// - Returns: The value or the fault in it.
/// - Throws: ``XMLRPCError`` if it is not a complete reply.
package func readReply(_ bytes: [UInt8]) throws(XMLRPCError) -> XMLRPCReply {
    try readReply(in: bytes[...])
}

/// Parses the reply to a call, in the bytes that were received.
///
/// - Parameter bytes: The document.
/// - Returns: The value or the fault in it.
/// - Throws: ``XMLRPCError`` if it is not a complete reply.
package func readReply(in bytes: ArraySlice<UInt8>) throws(XMLRPCError) -> XMLRPCReply {
    var reader = XMLRPCReader(bytes)
    return try reader.reply()
}
