import Glibc

/// The socket to which programs report as in sd_notify(3).
package struct NotificationSocket: ~Copyable, Sendable {
    /// The environment variable with the address of the socket.
    package static let variable = "NOTIFY_SOCKET"

    private let socket: DatagramSocket
    /// Its file; nil if its address is an abstract name.
    private let file: (path: String, identity: FileIdentity?)?

    private init(_ socket: consuming DatagramSocket, path: String?) {
        self.socket = socket
        file = path.map { ($0, FileIdentity(path: $0)) }
    }

    deinit {
        if let file, let identity = file.identity, FileIdentity(path: file.path) == identity {
            unlink(file.path)
        }
    }

    /// The descriptor to poll.
    package var fileDescriptor: Int32 { socket.fileDescriptor }

    /// Makes a socket at a path where there is no file yet; the file is removed when this value is destroyed.
    ///
    /// - Parameter path: The path.
    /// - Returns: The socket; every user who can reach the path can send to it.
    /// - Throws: ``SystemError``.
    package static func open(atPath path: String) throws(SystemError) -> NotificationSocket {
        NotificationSocket(try DatagramSocket.open(atPath: path, action), path: path)
    }

    /// Receives the next notification and traces its sender, without waiting.
    ///
    /// Descriptors that come with it are closed. `systemd-notify` waits for that, and may have exited a moment later.
    ///
    /// - Returns: The notification; nil if there is none.
    package func receive() -> ReceivedNotification? {
        let limit = NotificationText.longest + 1
        while let datagram = try? socket.receive(limit: limit, acceptsDescriptors: true, Self.action) {
            let pid = datagram.sender.map { $0.pid } ?? 0
            let senders = RunningProcess.origins(of: pid).map { Int($0) }
            let assignments = NotificationText.assignments(datagram.bytes)
            datagram.finish()
            if !assignments.isEmpty {
                return ReceivedNotification(senders: senders, assignments: assignments)
            }
        }
        return nil
    }

    private static let action = "receive notifications"
}

// MARK: - Addresses that users give

extension NotificationSocket {
    /// Makes a socket at the address that a user has given; the file of a socket at which nothing receives is replaced.
    ///
    /// - Parameter address: An absolute path, or an abstract name that begins with `@`.
    /// - Returns: The socket.
    /// - Throws: ``NotificationSocketError``.
    static func open(at address: String) throws(NotificationSocketError) -> NotificationSocket {
        let isAbstract = address.utf8.first == UInt8(ascii: "@")
        guard isAbstract || address.utf8.first == UInt8(ascii: "/") else {
            throw NotificationSocketError(
                address: address,
                reason: "it is neither an absolute path nor a name that begins with @",
                advice: "correct \(variable)"
            )
        }
        do throws(SystemError) {
            guard isAbstract else {
                return try openReplacing(address)
            }
            guard let name = SocketAddress(abstract: String(address.dropFirst())) else {
                throw SystemError(action, code: ENAMETOOLONG)
            }
            return NotificationSocket(try DatagramSocket.open(at: name, action), path: nil)
        } catch {
            throw explanation(error, address)
        }
    }

    private static func openReplacing(_ path: String) throws(SystemError) -> NotificationSocket {
        do throws(SystemError) {
            return try open(atPath: path)
        } catch {
            guard error.code == EADDRINUSE, isSocket(path), let address = SocketAddress(path: path),
                try !DatagramSocket.isReceiving(at: address)
            else {
                throw error
            }
            // A listener that has exited has left it behind.
            unlink(path)
            return try open(atPath: path)
        }
    }

    private static func isSocket(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFSOCK
    }

    private static func explanation(_ error: SystemError, _ address: String) -> NotificationSocketError {
        let directory = PathText.directory(of: address)
        let (reason, advice): (String, String) =
            switch error.code {
            case EADDRINUSE where address.utf8.first == UInt8(ascii: "@") || isSocket(address):
                ("another process receives there", "end it, or set another \(variable)")
            case EADDRINUSE: ("another file is there", "remove it, or set another \(variable)")
            case ENOENT, ENOTDIR: (error.reason, "create the directory '\(directory)' before supervisord starts")
            case EACCES, EPERM, EROFS:
                (error.reason, "let user \(currentUserID()) write to '\(directory)', or set another \(variable)")
            case ENAMETOOLONG: (error.reason, "\(variable) may have \(SocketAddress.longestPath) bytes at most")
            default: (error.reason, "set another \(variable)")
            }
        return NotificationSocketError(address: address, reason: reason, advice: advice)
    }
}
