#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Reads a file to its end.
///
/// - Throws: ``SystemError`` where it cannot be opened or read, or grows past the limit.
package func contents(ofFile path: String, limit: Int = 64 << 20) throws(SystemError) -> [UInt8] {
    let action = "read '\(path)'"
    let number = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC) }
    guard number >= 0 else {
        throw SystemError(action)
    }
    let descriptor = Descriptor(owning: number)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65536, alignment: 1)
    defer { chunk.deallocate() }
    var bytes: [UInt8] = []
    while true {
        let count: Int
        do {
            count = try descriptor.read(into: chunk)
        } catch {
            throw SystemError(action, code: error.code)
        }
        if count == 0 {
            return bytes
        }
        bytes.append(contentsOf: chunk[..<count])
        // A device such as /dev/zero has no end.
        guard bytes.count <= limit else {
            throw SystemError(action, code: EFBIG)
        }
    }
}

/// Whether there is something at a path, whatever it is.
package func fileExists(_ path: String) -> Bool {
    access(path, F_OK) == 0
}
