import Glibc
import ListenerKit

/// A new directory with a name that cannot be guessed; it and its contents are removed when this value is destroyed.
///
/// Other users can reach a file in it by name, if the file's permissions allow that; they can neither list nor change the directory.
struct PrivateDirectory: ~Copyable, Sendable {
    /// Its absolute path.
    let path: String

    /// Makes a directory that no other user can replace.
    ///
    /// - Parameters:
    ///   - name: The prefix of its name.
    ///   - place: The parent directory.
    /// - Throws: ``SystemError``; its code is `EPERM` if another user could replace the directory.
    init(_ name: String, in place: String) throws(SystemError) {
        guard let directory = trustedDirectory(place) else {
            let isThere = fileExists(place)
            let action = "make a directory in '\(place)'" + (isThere ? ", which another user could replace" : "")
            throw SystemError(action, code: isThere ? EPERM : ENOENT)
        }
        // mkdtemp replaces the X by characters that make the name unique.
        var template = Array("\(directory)/\(name).XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw SystemError("make a directory in '\(place)'")
        }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard chmod(path, 0o711) == 0 else {
            let error = SystemError("make '\(path)' accessible to other users")
            rmdir(path)
            throw error
        }
        self.path = path
    }

    deinit {
        removeDirectory(path)
    }

    /// Makes a directory in it that only one user can list and change.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - user: The user id; only root can name another user.
    /// - Throws: ``SystemError``.
    func makeDirectory(_ name: String, for user: UInt32) throws(SystemError) {
        let directory = "\(path)/\(name)"
        guard mkdir(directory, 0o700) == 0, chmod(directory, 0o700) == 0, chown(directory, user, gid_t.max) == 0 else {
            throw SystemError("make the directory '\(directory)' for user \(user)")
        }
    }

    /// Writes a new file in it.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - bytes: The contents.
    ///   - permissions: The permissions, regardless of the process's umask.
    /// - Returns: The path.
    /// - Throws: ``SystemError``, for example if the disk is full.
    func write(_ name: String, _ bytes: [UInt8], permissions: UInt32) throws(SystemError) -> String {
        let file = "\(path)/\(name)"
        let action = "write '\(file)'"
        let result = openFile(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard result >= 0 else {
            throw SystemError(action)
        }
        let descriptor = FileDescriptor(owning: result)
        do {
            try descriptor.write(bytes)
        } catch {
            throw SystemError(action, code: error.code)
        }
        guard fchmod(result, mode_t(permissions)) == 0 else {
            throw SystemError(action)
        }
        return file
    }
}

/// Calls the C library's `open`, which a method of that name hides.
private func openFile(_ path: String, _ flags: Int32, _ permissions: mode_t) -> Int32 {
    open(path, flags, permissions)
}
