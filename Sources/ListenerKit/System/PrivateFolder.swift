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

    /// Makes a folder in the first place that lets it.
    ///
    /// - Parameters:
    ///   - name: How its name begins.
    ///   - places: Where it may be.
    /// - Throws: ``SystemError`` of the last place where there is none.
    package init(_ name: String, in places: [String]) throws(SystemError) {
        var failure = SystemError("make a folder", code: ENOENT)
        for place in places {
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
        for entry in paths(matching: "\(path)/*") {
            unlink(entry)
        }
        rmdir(path)
    }

    /// Lets another user put something in; only root can.
    ///
    /// - Parameter user: The user.
    /// - Throws: ``SystemError``.
    package func give(to user: UInt32) throws(SystemError) {
        guard chown(path, user, gid_t.max) == 0 else {
            throw SystemError("give '\(path)' to user \(user)")
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
        let number = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
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
