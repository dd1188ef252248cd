#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The user whom this process acts as.
package func currentUserID() -> UInt32 {
    geteuid()
}

/// Whether nobody but this user or root can have put a file where it is.
///
/// - Parameter path: The file; a link to one does not count.
/// - Returns: Whether it and its folder are theirs, and the folder lets nobody else replace it.
package func isTrustedFile(_ path: String) -> Bool {
    let trusted = [0, geteuid()]
    var file = stat()
    var folder = stat()
    guard lstat(path, &file) == 0, file.st_mode & S_IFMT == S_IFREG, trusted.contains(file.st_uid),
        lstat(PathText.directory(of: path), &folder) == 0, folder.st_mode & S_IFMT == S_IFDIR,
        trusted.contains(folder.st_uid)
    else {
        return false
    }
    return folder.st_mode & (S_IWGRP | S_IWOTH) == 0 || folder.st_mode & S_ISVTX != 0
}

/// Who may do what with a file, as `chmod` takes it; nil where there is none, or it cannot be seen.
package func permissions(ofFile path: String) -> UInt32? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_mode & 0o7777 : nil
}
