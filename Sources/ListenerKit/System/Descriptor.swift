#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file descriptor that is closed when its owner goes away.
package struct Descriptor: ~Copyable, Sendable {
    /// The number by which the kernel knows it; valid for as long as this value lives.
    package let number: Int32

    /// Takes ownership of an open descriptor.
    package init(owning number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }

    /// Opens a file to write at its end without waiting, and creates it if missing.
    ///
    /// - Throws: ``SystemError``, with `ENXIO` for a named pipe without a reader.
    package static func openForAppending(_ path: String) throws(SystemError) -> Descriptor {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        let number = retryOnInterrupt { open(path, flags, 0o644) }
        guard number >= 0 else {
            throw SystemError("open '\(path)' for appending")
        }
        return Descriptor(owning: number)
    }

    /// Whether it is a file, of the kind that has a length, with nothing in it.
    package var isEmptyFile: Bool { lseek(number, 0, SEEK_END) == 0 }

    /// Reads what is there, waiting for the first byte where the descriptor blocks.
    ///
    /// - Returns: How many bytes were read; 0 at the end of input.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let count = retryOnInterrupt { systemRead(number, buffer.baseAddress, buffer.count) }
        guard count >= 0 else {
            throw SystemError("read from descriptor \(number)")
        }
        return count
    }

    /// Reads what is there, waiting for the first byte where the descriptor blocks.
    ///
    /// - Returns: How many bytes at the beginning of the array were read; 0 at the end of input.
    package func read(into bytes: inout [UInt8]) throws(SystemError) -> Int {
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemError) in try read(into: buffer) }
        }
        return try outcome.get()
    }

    /// Reads what is there without waiting, from a descriptor that does not block.
    ///
    /// - Returns: No more than a pipe usually holds: somebody may write into it faster than it is read.
    func drain() -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256)
        while all.count < 65536, let count = try? read(into: &piece), count > 0 {
            all += piece[..<count]
        }
        return all
    }

    /// Writes the first of the bytes, waiting for the reader.
    ///
    /// - Returns: How many bytes were written, one at least.
    /// - Throws: ``SystemError`` if the reader is gone, or there is no room on the disk.
    package func writeSome(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { buffer in
                retryOnInterrupt { systemWrite(number, buffer.baseAddress, buffer.count) }
            }
            guard count < 0 else {
                return count
            }
            // Another process may have made it non-blocking, for all that share it.
            guard errno == EAGAIN || errno == EWOULDBLOCK else {
                throw SystemError("write to descriptor \(number)")
            }
            var request = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
            _ = poll(&request, 1, -1)
        }
    }

    /// Writes all of the bytes, waiting as often as needed.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        try writeAll(Array(bytes), to: number)
    }
}

/// Writes all of the bytes to a descriptor that somebody else owns, waiting as often as needed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
    try writeAll(bytes, to: descriptor, written: &written)
}

/// Writes all of the bytes to a descriptor that somebody else owns, waiting as often as needed.
///
/// - Parameters:
///   - bytes: What to write.
///   - descriptor: Where to.
///   - written: How many of the bytes have been written, also where the rest could not be; those before are left out.
/// - Throws: ``SystemError`` where not all of them could be written.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32, written: inout Int) throws(SystemError) {
    while written < bytes.count {
        let count = bytes.withUnsafeBytes { buffer in
            let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
            return retryOnInterrupt { write(descriptor, rest.baseAddress, rest.count) }
        }
        guard count >= 0 else {
            throw SystemError("write to descriptor \(descriptor)")
        }
        written += count
    }
}

/// The C library's `read`, which a method of that name would hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// The C library's `write`, which a method of that name would hide.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
