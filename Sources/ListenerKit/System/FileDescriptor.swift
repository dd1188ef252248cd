import Glibc

/// An open file descriptor, which is closed when this value is destroyed.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The kernel's descriptor; valid as long as this value lives.
    package let rawValue: Int32

    /// Takes ownership of an open descriptor.
    package init(owning rawValue: Int32) {
        self.rawValue = rawValue
    }

    deinit {
        close(rawValue)
    }

    /// Opens a file for appending, without blocking, and creates it if it does not exist.
    ///
    /// - Throws: ``SystemError``; its code is `ENXIO` for a named pipe without a reader.
    package static func openForAppending(_ path: String) throws(SystemError) -> FileDescriptor {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
        let result = retryOnInterrupt { open(path, flags, 0o644) }
        guard result >= 0 else {
            throw SystemError("open '\(path)' for appending")
        }
        return FileDescriptor(owning: result)
    }

    /// Returns whether it refers to a regular file that ends within a line.
    ///
    /// - Parameter path: The path of the file, which is opened to read its end.
    /// - Returns: False also if that cannot be found out.
    func endsWithinLine(at path: String) -> Bool {
        var information = stat()
        guard fstat(rawValue, &information) == 0, information.st_mode & S_IFMT == S_IFREG, information.st_size > 0
        else {
            return false
        }
        let opened = retryOnInterrupt { open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }
        guard opened >= 0 else {
            return false
        }
        let file = FileDescriptor(owning: opened)
        var last = UInt8(ascii: "\n")
        return pread(file.rawValue, &last, 1, information.st_size - 1) == 1 && last != UInt8(ascii: "\n")
    }

    /// Reads the bytes that are available, or waits for the first one if the descriptor is blocking.
    ///
    /// - Returns: The number of bytes read; 0 at the end of input.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        let count = retryOnInterrupt { systemRead(rawValue, buffer.baseAddress, buffer.count) }
        guard count >= 0 else {
            throw SystemError("read from descriptor \(rawValue)")
        }
        return count
    }

    /// Reads the bytes that are available into the beginning of an array, or waits for the first one if the descriptor is blocking.
    ///
    /// - Returns: The number of bytes read; 0 at the end of input.
    package func read(into bytes: inout [UInt8]) throws(SystemError) -> Int {
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(SystemError) in try read(into: buffer) }
        }
        return try outcome.get()
    }

    /// Reads all bytes that are available, from a non-blocking descriptor.
    ///
    /// - Returns: The bytes; no more than a pipe usually holds, because a writer may be faster than this reader.
    func drain() -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 256)
        while all.count < 65536, let count = try? read(into: &chunk), count > 0 {
            all += chunk[..<count]
        }
        return all
    }

    /// Writes as many of the bytes as the reader has room for, at least one; waits until it has.
    ///
    /// - Returns: The number of bytes written.
    /// - Throws: ``SystemError`` if the reader is gone, or the disk is full.
    package func writeSome(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { buffer in
                retryOnInterrupt { systemWrite(rawValue, buffer.baseAddress, buffer.count) }
            }
            guard count < 0 else {
                return count
            }
            // Another process that shares the open file may have made it non-blocking.
            guard errno == EAGAIN || errno == EWOULDBLOCK else {
                throw SystemError("write to descriptor \(rawValue)")
            }
            var request = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
            _ = poll(&request, 1, -1)
        }
    }

    /// Writes all bytes, and waits for the reader as often as needed.
    package func write(_ bytes: some Sequence<UInt8>) throws(SystemError) {
        try writeAll(Array(bytes), to: rawValue)
    }
}

/// Writes all bytes to a descriptor that this process does not own, and waits for the reader as often as needed.
package func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var written = 0
    try writeAll(bytes, to: descriptor, written: &written)
}

/// Writes all bytes to a descriptor that this process does not own, and waits for the reader as often as needed.
///
/// - Parameters:
///   - bytes: The bytes.
///   - descriptor: The file descriptor.
///   - written: The number of bytes written so far: these are skipped; it is up to date even if the call throws.
/// - Throws: ``SystemError`` if not all bytes could be written.
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

/// Calls the C library's `read`, which a method of that name hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}

/// Calls the C library's `write`, which a method of that name hides.
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, buffer, count)
}
