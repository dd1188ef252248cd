/// What a server answers to a call: no input may crash the readers of HTTP and of XML-RPC.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let body = (try? HTTPReply(input))?.body ?? input[...]
    guard case .success(let value) = try? readReply(in: body) else {
        return 0
    }
    // What calls make of their replies.
    for process in value.array ?? [value] {
        _ = ProcessInformation(process)
    }
    _ = ConfigurationChanges(value)
    _ = Fault(value)
    return 0
}
