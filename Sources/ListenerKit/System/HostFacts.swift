#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The variables of this process's environment.
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

/// The name of this machine or container, as `uname -n` prints it; empty where the system has none.
package func currentHostName() -> String {
    var information = utsname()
    guard uname(&information) == 0 else {
        return ""
    }
    return withUnsafeBytes(of: &information.nodename) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// The directory that relative paths start from; `/` where it has been removed.
package func currentWorkingDirectory() -> String {
    guard let path = getcwd(nil, 0) else {
        return "/"
    }
    defer { free(path) }
    return String(cString: path)
}
