#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A fresh folder with a name that nobody can guess, which goes away, with what is in it, when its owner does.
///
/// Others can reach what is in it by name, where its own permissions let them; they cannot list it.
package struct PrivateFolder: ~Copyable, Sendable {
    /// Its absolute path.
    package let path: String

    /// Makes a folder in the first place that lets it, and where no other user can put another in its place.
    ///
    /// - Parameters:
    ///   - name: How its name begins.
    ///   - places: Where it may be.
    /// - Throws: ``SystemError`` of the last place where there is none.
    package init(_ name: String, in places: [String]) throws(SystemError) {
        var failure = SystemError("make a folder", code: ENOENT)
        for place in places {
            guard let place = trustedFolder(place) else {
                let isThere = fileExists(place)
                let action = "make a folder in '\(place)'" + (isThere ? ", which another user could replace" : "")
                failure = SystemError(action, code: isThere ? EPERM : ENOENT)
                continue
            }
            // What mkdtemp puts in the place of the X makes it a name that nobody else has.
            var template = Array("\(place)/\(name).XXXXXX".utf8CString)
            if mkdtemp(&template) != nil {
                let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                if chmod(path, 0o711) == 0 {
                    self.path = path
                    return
                }
            }
            failure = SystemError("make a folder in '\(place)'")
        }
        throw failure
    }

    deinit {
        // Nobody else can have put another folder in its place.
        for name in fileNames(inFolder: path) {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    /// Lets the members of a group put something in, though not take anything away that is another's; only root can.
    ///
    /// - Parameter group: The group.
    /// - Throws: ``SystemError``.
    package func open(toGroup group: UInt32) throws(SystemError) {
        guard chown(path, uid_t.max, group) == 0, chmod(path, 0o1731) == 0 else {
            throw SystemError("open '\(path)' to group \(group)")
        }
    }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - name: Its name in the folder.
    ///   - bytes: What is in it.
    ///   - permissions: Who may read it, whatever the process's mask says.
    /// - Returns: Its path.
    /// - Throws: ``SystemError``, as where the disk is full.
    package func write(_ name: String, _ bytes: [UInt8], permissions: UInt32) throws(SystemError) -> String {
        let file = "\(path)/\(name)"
        let action = "write '\(file)'"
        let number = openFile(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else {
            throw SystemError(action)
        }
        let descriptor = Descriptor(owning: number)
        do {
            try descriptor.write(bytes)
        } catch {
            throw SystemError(action, code: error.code)
        }
        guard fchmod(number, mode_t(permissions)) == 0 else {
            throw SystemError(action)
        }
        return file
    }
}

/// The C library's `open`, which a method of that name would hide.
private func openFile(_ path: String, _ flags: Int32, _ permissions: mode_t) -> Int32 {
    open(path, flags, permissions)
}

/// What a folder holds; nothing where it cannot be read.
private func fileNames(inFolder path: String) -> [String] {
    guard let folder = opendir(path) else {
        return []
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." {
            names.append(name)
        }
    }
    return names
}
