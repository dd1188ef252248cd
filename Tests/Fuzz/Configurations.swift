/// A configuration of supervisord's: no file may crash the reader, or what is made of the sections in it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    var document = INIDocument()
    try? INIReader.read(input, file: "fuzz.conf", into: &document)
    let inputs = ConfigurationInputs(
        environment: ["HOME": "/home/me", "EMPTY": "", "QUOTED": "'\"%"],
        hostName: "host",
        workingDirectory: "/",
        readFile: { _ in input },
        pathsMatching: { [$0] }
    )
    _ = try? SupervisorConfiguration(path: "/fuzz.conf", inputs)
    return 0
}
