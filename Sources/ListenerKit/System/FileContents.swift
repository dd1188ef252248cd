#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a regular file to its end, without ever waiting for a writer.
///
/// - Parameters:
///   - path: The path of the file, or of a link to it.
///   - limit: How many bytes it may have.
/// - Returns: The bytes.
/// - Throws: ``FileError`` if it cannot be opened or read, is no regular file, or is larger than the limit.
package func contents(ofFile path: String, limit: Int = 64 << 20) throws(FileError) -> [UInt8] {
    let action = "read '\(path)'"
    // Sockets cannot be opened at all, and to open a device may do something.
    var information = stat()
    guard stat(path, &information) == 0 else {
        throw .system(SystemError(action))
    }
    try checkKind(information, path)
    // Something else may have taken its place meanwhile; without O_NONBLOCK, a pipe would wait for its writer.
    let number = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    guard number >= 0 else {
        throw .system(SystemError(action))
    }
    let descriptor = Descriptor(owning: number)
    guard fstat(number, &information) == 0 else {
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

private func read(_ descriptor: borrowing Descriptor, _ path: String, limit: Int) throws(FileError) -> [UInt8] {
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
        // It may grow while it is read, and the files of /proc do not tell their lengths.
        guard bytes.count <= limit else {
            throw .tooLarge(path: path, limit: limit)
        }
    }
}

/// Whether there is something at a path, whatever it is.
package func fileExists(_ path: String) -> Bool {
    access(path, F_OK) == 0
}
