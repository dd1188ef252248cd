import Glibc

/// Removes a directory and everything in it, as far as possible.
///
/// Files in it may belong to another user who is still changing them: symbolic links are not followed, and the owner of each
/// directory is changed to this user before the directory is emptied, so that nothing is added meanwhile.
func removeDirectory(_ path: String) {
    remove(Array(path.utf8CString), in: AT_FDCWD, depth: 0)
}

/// No program needs deeper directories, and each level takes a descriptor while it is emptied.
private let depthLimit = 100

private func remove(_ name: [CChar], in parent: Int32, depth: Int) {
    // Everything but a directory is removed by this call.
    guard unlinkat(parent, name, 0) != 0, errno == EISDIR || errno == EPERM, depth < depthLimit else {
        return
    }
    let descriptor = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
        return
    }
    _ = fchown(descriptor, geteuid(), gid_t.max)
    _ = fchmod(descriptor, 0o700)
    // The descriptor belongs to the directory from here on: closedir closes it.
    guard let directory = fdopendir(descriptor) else {
        close(descriptor)
        return
    }
    for entry in names(in: directory) {
        remove(entry, in: descriptor, depth: depth + 1)
    }
    closedir(directory)
    unlinkat(parent, name, AT_REMOVEDIR)
}

/// Returns the names in a directory, as bytes because they need not be UTF-8.
private func names(in directory: OpaquePointer) -> [[CChar]] {
    var names: [[CChar]] = []
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        }
        if name != Array(".".utf8CString), name != Array("..".utf8CString) {
            names.append(name)
        }
    }
    return names
}
