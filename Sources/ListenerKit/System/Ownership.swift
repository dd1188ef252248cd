#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The user whom this process acts as.
package func currentUserID() -> UInt32 {
    geteuid()
}

/// The user who owns a file or a folder; nil where there is none, or it cannot be seen.
package func ownerID(ofFile path: String) -> UInt32? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_uid : nil
}

/// Who may do what with a file, as `chmod` takes it; nil where there is none, or it cannot be seen.
package func permissions(ofFile path: String) -> UInt32? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_mode & 0o7777 : nil
}

/// The number of a user, as `user=` takes it: a number, or a name in `/etc/passwd`.
///
/// The C library would ask name services too, which a program without shared libraries cannot.
///
/// - Parameter name: The user.
/// - Returns: The number; nil where there is no such user.
package func userID(of name: String) -> UInt32? {
    if let number = UInt32(name) {
        return number
    }
    let lines = (try? contents(ofFile: "/etc/passwd"))?.split(separator: UInt8(ascii: "\n")) ?? []
    for line in lines {
        let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 3, omittingEmptySubsequences: false)
        if fields.count > 2, fields[0].elementsEqual(name.utf8) {
            return UInt32(String(decoding: fields[2], as: UTF8.self))
        }
    }
    return nil
}
