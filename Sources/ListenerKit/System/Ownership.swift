#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The user whom this process acts as.
package func currentUserID() -> UInt32 {
    geteuid()
}

/// A file that nobody but this user or root can have put where it is.
///
/// - Parameter path: The file; a link to one does not count.
/// - Returns: Its path without links; nil where somebody else can put another file there, or there is none.
package func trustedFile(_ path: String) -> String? {
    guard let folder = trustedFolder(PathText.directory(of: path)) else {
        return nil
    }
    let file = PathText.joined(folder, PathText.name(of: path))
    var information = stat()
    guard lstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG, isTrusted(information.st_uid) else {
        return nil
    }
    return file
}

/// A folder in which nobody but this user or root can replace what they have put there, nor the folder itself.
///
/// - Parameter path: The folder, or a link to it.
/// - Returns: Its path without links; nil where somebody else can, or there is none.
package func trustedFolder(_ path: String) -> String? {
    guard let folder = pathWithoutLinks(path) else {
        return nil
    }
    let isSafe = folders(downTo: folder).allSatisfy { folder in
        var information = stat()
        guard lstat(folder, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            return false
        }
        let isWritable = information.st_mode & (S_IWGRP | S_IWOTH) != 0
        return isTrusted(information.st_uid) && (!isWritable || information.st_mode & S_ISVTX != 0)
    }
    return isSafe ? folder : nil
}

/// Whether every user can read a file where it is.
package func isReadableByAll(_ path: String) -> Bool {
    guard let file = pathWithoutLinks(path) else {
        return false
    }
    // Who belongs to the group of a file may do what the group may, even where others may more.
    return has(file, permissions: 0o444)
        && folders(downTo: PathText.directory(of: file)).allSatisfy { has($0, permissions: 0o111) }
}

private func has(_ path: String, permissions: mode_t) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & permissions == permissions
}

/// Whether a user is this one or root, or has the root of all files, and so can do anything anyway.
private func isTrusted(_ user: uid_t) -> Bool {
    var root = stat()
    return user == 0 || user == geteuid() || lstat("/", &root) == 0 && user == root.st_uid
}

/// A folder and all above it but the root: whoever can do something to that needs no more.
private func folders(downTo path: String) -> [String] {
    var folders: [String] = []
    var folder = path
    while folder != "/" {
        folders.append(folder)
        folder = PathText.directory(of: folder)
    }
    return folders
}

private func pathWithoutLinks(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else {
        return nil
    }
    defer { free(resolved) }
    return String(cString: resolved)
}
