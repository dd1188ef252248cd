#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Removes a folder with everything in it, as far as that can be done.
///
/// What is in it may be another user's, who may be at work there: links are not followed, and folders are taken away from
/// their owner before they are emptied, so that nothing is added meanwhile.
func removeFolder(_ path: String) {
    remove(Array(path.utf8CString), in: AT_FDCWD, depth: 0)
}

/// No program needs folders so deep, and each takes a descriptor while it is emptied.
private let longestDepth = 100

private func remove(_ name: [CChar], in parent: Int32, depth: Int) {
    // Whatever is no folder goes at once.
    guard unlinkat(parent, name, 0) != 0, errno == EISDIR || errno == EPERM, depth < longestDepth else {
        return
    }
    let number = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard number >= 0 else {
        return
    }
    _ = fchown(number, geteuid(), gid_t.max)
    _ = fchmod(number, 0o700)
    // It closes the descriptor.
    guard let folder = fdopendir(number) else {
        close(number)
        return
    }
    for entry in names(in: folder) {
        remove(entry, in: number, depth: depth + 1)
    }
    closedir(folder)
    unlinkat(parent, name, AT_REMOVEDIR)
}

/// As bytes, since a name need not be text.
private func names(in folder: OpaquePointer) -> [[CChar]] {
    var names: [[CChar]] = []
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
        }
        if name != Array(".".utf8CString), name != Array("..".utf8CString) {
            names.append(name)
        }
    }
    return names
}
