#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

import ListenerKit

/// A fresh folder with a name that nobody can guess, which goes away, with what is in it, when its owner does.
///
/// Others can reach what is in it by name, if its own permissions let them; they can neither list nor change it.
struct PrivateFolder: ~Copyable, Sendable {
    /// Its absolute path.
    let path: String

    /// Makes a folder where no other user can put another in its place.
    ///
    /// - Parameters:
    ///   - name: How its name begins.
    ///   - place: The folder that it is made in.
    /// - Throws: ``SystemError``, with `EPERM` if another user could replace it.
    init(_ name: String, in place: String) throws(SystemError) {
        guard let folder = trustedFolder(place) else {
            let isThere = fileExists(place)
            let action = "make a directory in '\(place)'" + (isThere ? ", which another user could replace" : "")
            throw SystemError(action, code: isThere ? EPERM : ENOENT)
        }
        // What mkdtemp puts in the place of the X makes it a name that nobody else has.
        var template = Array("\(folder)/\(name).XXXXXX".utf8CString)
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
        removeFolder(path)
    }

    /// Makes a folder in it that one user alone can look into and change.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - user: The user; only root can name another.
    /// - Throws: ``SystemError``.
    func makeFolder(_ name: String, for user: UInt32) throws(SystemError) {
        let folder = "\(path)/\(name)"
        guard mkdir(folder, 0o700) == 0, chmod(folder, 0o700) == 0, chown(folder, user, gid_t.max) == 0 else {
            throw SystemError("make the directory '\(folder)' for user \(user)")
        }
    }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - name: Its name in the folder.
    ///   - bytes: What is in it.
    ///   - permissions: Who may read it, whatever the process's mask says.
    /// - Returns: Its path.
    /// - Throws: ``SystemError``, as if the disk is full.
    func write(_ name: String, _ bytes: [UInt8], permissions: UInt32) throws(SystemError) -> String {
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
