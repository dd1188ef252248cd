import Glibc

/// Reads a whole regular file; never waits for a writer, as reading a named pipe would.
///
/// - Parameters:
///   - path: The path of the file, or of a link to it.
///   - limit: The largest size in bytes.
/// - Returns: The bytes.
/// - Throws: ``FileError`` if the file cannot be opened or read, is not a regular file, or is larger than the limit.
package func contents(ofFile path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
    let action = "read '\(path)'"
    // Sockets cannot be opened at all, and opening a device may have an effect.
    var information = stat()
    guard stat(path, &information) == 0 else {
        throw .system(SystemError(action))
    }
    try checkKind(information, path)
    // Another file may be there by now; without O_NONBLOCK, opening a pipe would wait for its writer.
    let result = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    guard result >= 0 else {
        throw .system(SystemError(action))
    }
    let descriptor = FileDescriptor(owning: result)
    guard fstat(result, &information) == 0 else {
        throw .system(SystemError(action))
    }
    try checkKind(information, path)
    guard information.st_size <= limit else {
        throw .tooLarge(path: path, limit: limit)
    }
    return try read(descriptor, path, limit: limit)
}

private func checkKind(_ information: stat, _ path: String) throws(FileError) {
    if let kind = FileKind(mode: information.st_mode) {
        throw .notRegular(path: path, kind: kind)
    }
}

private func read(_ descriptor: borrowing FileDescriptor, _ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 1)
    defer { chunk.deallocate() }
    var bytes: [UInt8] = []
    while true {
        let count: Int
        do {
            count = try descriptor.read(into: chunk)
        } catch {
            throw .system(SystemError("read '\(path)'", code: error.code))
        }
        if count == 0 {
            return bytes
        }
        bytes.append(contentsOf: chunk[..<count])
        // The file may grow while it is read, and files of /proc report no length.
        guard bytes.count <= limit else {
            throw .tooLarge(path: path, limit: limit)
        }
    }
}

/// Reads standard input up to its end, however long that takes.
///
/// - Parameters:
///   - name: The name of standard input in errors.
///   - limit: The largest size in bytes.
/// - Returns: The bytes.
/// - Throws: ``FileError`` if it cannot be read, or is larger than the limit.
package func standardInput(named name: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
    let duplicate = dup(0)
    guard duplicate >= 0 else {
        throw .system(SystemError("read '\(name)'"))
    }
    return try read(FileDescriptor(owning: duplicate), name, limit: limit)
}

/// Returns whether a path exists, whatever kind of file it is.
package func fileExists(_ path: String) -> Bool {
    access(path, F_OK) == 0
}
