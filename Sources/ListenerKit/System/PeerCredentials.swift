import Glibc

/// The process at the other end of a Unix socket, as the kernel attests it.
struct PeerCredentials: Equatable {
    /// Its pid when it connected, or began to listen; 0 if it is of another container, whose pids are not visible here.
    let pid: Int32
    /// Its effective user id at that time.
    let user: UInt32

    /// Asks the kernel; nil results if the descriptor is not a Unix socket that is connected.
    init?(ofSocket descriptor: Int32) {
        // `struct ucred`: pid, user id and group id; the C libraries do not export it to Swift.
        var fields = [UInt32](repeating: 0, count: 3)
        let size = socklen_t(fields.count * MemoryLayout<UInt32>.size)
        var length = size
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &fields, &length) == 0, length == size else {
            return nil
        }
        pid = Int32(bitPattern: fields[0])
        user = fields[1]
    }
}
