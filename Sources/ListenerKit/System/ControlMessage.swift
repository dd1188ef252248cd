import Glibc

/// A control message of a Unix socket, such as the credentials of a sender.
struct ControlMessage {
    /// `SCM_RIGHTS` in `<linux/socket.h>`: the words are descriptors.
    static let descriptors: Int32 = 1
    /// `SCM_CREDENTIALS` in `<linux/socket.h>`: the words are a `struct ucred`, which is pid, user id and group id; the C libraries
    /// do not export it to Swift.
    static let credentials: Int32 = 2
    /// The most descriptors that the kernel passes with one message: `SCM_MAX_FD`.
    private static let mostDescriptors = 253

    /// The type of the message.
    let type: Int32
    /// Its contents.
    let words: [Int32]
    /// Its size with the padding after it.
    private let size: Int

    /// Reads the first control message of some bytes; nil results if there is none.
    private init?(_ bytes: ArraySlice<UInt8>) {
        let headerSize = MemoryLayout<cmsghdr>.size
        guard bytes.count >= headerSize else {
            return nil
        }
        let header = bytes.withUnsafeBytes { $0.loadUnaligned(as: cmsghdr.self) }
        let length = Int(header.cmsg_len)
        guard header.cmsg_level == SOL_SOCKET, length >= headerSize, length <= bytes.count else {
            return nil
        }
        type = header.cmsg_type
        let wordSize = MemoryLayout<Int32>.size
        words = bytes.withUnsafeBytes { bytes in
            (0..<(length - headerSize) / wordSize).map {
                bytes.loadUnaligned(fromByteOffset: headerSize + $0 * wordSize, as: Int32.self)
            }
        }
        size = Self.padded(length)
    }

    /// Reads all control messages of some bytes.
    static func all(in bytes: ArraySlice<UInt8>) -> [ControlMessage] {
        var messages: [ControlMessage] = []
        var rest = bytes
        while let message = ControlMessage(rest) {
            messages.append(message)
            rest = rest.dropFirst(message.size)
        }
        return messages
    }

    /// Returns how much room the control messages of a datagram need.
    ///
    /// - Parameter acceptsDescriptors: Whether there is room for descriptors; if not, the kernel closes those that are passed.
    /// - Returns: The number of bytes.
    static func room(acceptsDescriptors: Bool) -> Int {
        let header = MemoryLayout<cmsghdr>.size
        let credentials = header + padded(3 * MemoryLayout<Int32>.size)
        return acceptsDescriptors
            ? credentials + header + padded(mostDescriptors * MemoryLayout<Int32>.size) : credentials
    }

    private static func padded(_ length: Int) -> Int {
        let unit = MemoryLayout<Int>.size
        return (length + unit - 1) / unit * unit
    }
}
