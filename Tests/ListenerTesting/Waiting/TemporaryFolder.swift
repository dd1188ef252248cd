import Glibc
package import ListenerKit
import Synchronization

/// A folder that is removed with its contents when its owner is released, and at the latest when the process exits.
package final class TemporaryFolder: Sendable {
    /// Its path, short enough for sockets in it.
    package let path: String

    /// The folders that exist, also those of tests that have not ended when the process exits.
    private static let all = Mutex<Set<String>>([])
    private static let removesAtExit = atexit {
        for path in TemporaryFolder.all.withLock({ $0 }) {
            TemporaryFolder.remove(path)
        }
    }
    /// The bytes that the path of a socket may need below the place: such paths are short.
    private static let room = 64

    /// Creates a folder in `$TMPDIR`, or in `/tmp` if there is none.
    ///
    /// - Parameters:
    ///   - name: The beginning of its name.
    ///   - permissions: Its mode, whatever the process's umask is.
    /// - Throws: ``SystemError``.
    package init(_ name: String = "listener", permissions: UInt32 = 0o700) throws(SystemError) {
        _ = Self.removesAtExit
        let longest = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - Self.room
        let places = [currentEnvironment()["TMPDIR"], "/tmp"].compactMap { $0 }
        for place in places where place.hasPrefix("/") && place.utf8.count <= longest {
            var template = Array("\(place)/\(name).XXXXXX".utf8CString)
            if mkdtemp(&template) != nil {
                path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
                _ = Self.all.withLock { [path] in $0.insert(path) }
                chmod(path, permissions)
                return
            }
        }
        throw SystemError("make a temporary folder")
    }

    deinit {
        remove()
    }

    /// Removes it now, with its contents.
    package func remove() {
        if Self.all.withLock({ $0.remove(path) }) != nil {
            Self.remove(path)
        }
    }

    private static func remove(_ path: String) {
        if unlink(path) == 0 {
            return
        }
        for name in names(in: path) where name != "." && name != ".." {
            remove("\(path)/\(name)")
        }
        rmdir(path)
    }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else {
            return []
        }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { $0.prefix { $0 != 0 }.map { $0 } }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names
    }

    /// Writes a file.
    ///
    /// - Returns: Its path.
    func write(_ text: String, to name: String) throws(SystemError) -> String {
        let file = "\(path)/\(name)"
        let number = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard number >= 0 else {
            throw SystemError("write '\(file)'")
        }
        try FileDescriptor(owning: number).write(text.utf8)
        return file
    }

    /// Writes a file that can be executed at once.
    ///
    /// Another process writes it. A child that another test forks at that moment would keep it open for writing until it executes
    /// its own program, and the system executes no such file (`ETXTBSY`).
    ///
    /// - Parameters:
    ///   - text: Its contents.
    ///   - name: Its name in the folder.
    ///   - permissions: Its mode.
    /// - Returns: Its path.
    /// - Throws: ``SystemError``.
    package func writeProgram(
        _ text: String,
        to name: String,
        permissions: UInt32 = 0o755
    ) throws(SystemError) -> String {
        let file = "\(path)/\(name)"
        let draft = try write(text, to: "\(name).draft")
        defer { unlink(draft) }
        chmod(draft, permissions)
        guard let copy = popen("cp -p '\(draft)' '\(file)'", "r"), pclose(copy) == 0 else {
            throw SystemError("copy '\(draft)' to '\(file)'")
        }
        return file
    }
}
