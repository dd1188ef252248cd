import Foundation
import Synchronization

/// A chat's webhook on a port of its own: it answers each post with the next status.
final class FakeChat: Sendable {
    let port: UInt16
    private let socket: Int32
    private let posts = Mutex<[String]>([])

    /// The bodies that were posted.
    var bodies: [String] { posts.withLock { $0 } }

    init(statuses: [Int]) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { [socket] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(socket, address, length)
                _ = Glibc.listen(socket, 8)
                _ = getsockname(socket, address, &length)
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            for status in statuses {
                answer(status)
            }
            close(socket)
        }
    }

    private func answer(_ status: Int) {
        let connection = accept(socket, nil, nil)
        defer { close(connection) }
        var request = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !Self.isComplete(request) {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else {
                return
            }
            request += String(decoding: buffer[..<count], as: UTF8.self)
        }
        posts.withLock { $0.append(request.components(separatedBy: "\r\n\r\n")[1]) }
        let reply = "HTTP/1.1 \(status) X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = write(connection, reply, reply.utf8.count)
    }

    private static func isComplete(_ request: String) -> Bool {
        let parts = request.components(separatedBy: "\r\n\r\n")
        let length = parts[0].components(separatedBy: "Content-Length: ").dropFirst().first?.prefix { $0.isNumber }
        return parts.count == 2 && parts[1].utf8.count == length.flatMap { Int($0) } ?? 0
    }
}
