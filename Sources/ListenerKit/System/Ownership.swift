import Glibc

/// Returns the effective user id of this process.
package func currentUserID() -> UInt32 {
    geteuid()
}

/// Returns the real path of a file, if only this user or root can have put it there.
///
/// - Parameter path: The file, which must not be a symbolic link itself.
/// - Returns: Its path without symbolic links; nil if another user could replace the file, or there is none.
package func trustedFile(_ path: String) -> String? {
    guard let directory = trustedDirectory(PathText.directory(of: path)) else {
        return nil
    }
    let file = PathText.joined(directory, PathText.name(of: path))
    var information = stat()
    guard lstat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG, isTrusted(information.st_uid) else {
        return nil
    }
    return file
}

/// Returns the real path of a directory, if no other user but root can replace it, or the files that this user has in it.
///
/// - Parameter path: The directory, or a symbolic link to it.
/// - Returns: Its path without symbolic links; nil if another user could, or there is none.
package func trustedDirectory(_ path: String) -> String? {
    guard let directory = pathWithoutLinks(path) else {
        return nil
    }
    let isSafe = directories(downTo: directory).allSatisfy { directory in
        var information = stat()
        guard lstat(directory, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            return false
        }
        let isWritable = information.st_mode & (S_IWGRP | S_IWOTH) != 0
        return isTrusted(information.st_uid) && (!isWritable || information.st_mode & S_ISVTX != 0)
    }
    return isSafe ? directory : nil
}

/// Returns whether every user can read a file, and reach it through its directories.
package func isReadableByAll(_ path: String) -> Bool {
    guard let file = pathWithoutLinks(path) else {
        return false
    }
    // For a member of the file's group only the permissions of the group count, even if others have more.
    return has(file, permissions: 0o444)
        && directories(downTo: PathText.directory(of: file)).allSatisfy { has($0, permissions: 0o111) }
}

private func has(_ path: String, permissions: mode_t) -> Bool {
    var information = stat()
    return stat(path, &information) == 0 && information.st_mode & permissions == permissions
}

/// Returns whether a user is this one or root, or owns the root directory, and so can do anything anyway.
private func isTrusted(_ user: uid_t) -> Bool {
    var root = stat()
    return user == 0 || user == geteuid() || lstat("/", &root) == 0 && user == root.st_uid
}

/// Returns a directory and those above it, but not the root: a user who can change that one needs nothing else.
private func directories(downTo path: String) -> [String] {
    var directories: [String] = []
    var directory = path
    while directory != "/" {
        directories.append(directory)
        directory = PathText.directory(of: directory)
    }
    return directories
}

/// Returns the absolute path of what a path names, without symbolic links; nil if it names nothing.
func pathWithoutLinks(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else {
        return nil
    }
    defer { free(resolved) }
    return String(cString: resolved)
}
