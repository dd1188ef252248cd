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

    /// Opens a file to write at its end, and makes it where it is missing.
    package static func openForAppending(_ path: String) throws(SystemError) -> Descriptor {
        let number = retryOnInterrupt { open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644) }
        guard number >= 0 else {
            throw SystemError("open '\(path)' for appending")
        }
        return Descriptor(owning: number)
    }

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
    func drain() -> [UInt8] {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 256)
        while let count = try? read(into: &piece), count > 0 {
            all += piece[..<count]
        }
        return all
    }

    /// Writes all of the bytes, waiting as often as needed.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        try writeAll(Array(bytes), to: number)
    }
}

/// Writes all of the bytes to a descriptor that somebody else owns, waiting as often as needed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
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
