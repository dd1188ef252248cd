import Glibc

/// Returns the environment of this process.
package func currentEnvironment() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
        let bytes = UnsafeBufferPointer(start: entry, count: strlen(entry)).map { UInt8(bitPattern: $0) }
        if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
            let name = String(decoding: bytes[..<equals], as: UTF8.self)
            variables[name] = String(decoding: bytes[(equals + 1)...], as: UTF8.self)
        }
        next += 1
    }
    return variables
}

/// Returns the host name of this machine or container, as `uname -n` prints it; empty if it has none.
package func currentHostName() -> String {
    var information = utsname()
    guard uname(&information) == 0 else {
        return ""
    }
    return withUnsafeBytes(of: &information.nodename) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// Returns the working directory of this process; `/` if it has been removed.
package func currentWorkingDirectory() -> String {
    guard let path = getcwd(nil, 0) else {
        return "/"
    }
    defer { free(path) }
    return String(cString: path)
}
