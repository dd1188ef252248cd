import Foundation
import ListenerTesting
import Synchronization

@testable import ListenerKit

/// A port of this machine, or a path, with or without somebody who listens there, and answers in a fixed way.
final class LoopbackServer: Sendable {
    /// Where it is.
    enum Place {
        case four
        case six
        case path(String)
    }

    /// The number of its port; 0 if it has a path.
    let port: UInt16
    private let listener: Int32
    private let received = Mutex<[String]>([])

    /// Takes a port or path.
    ///
    /// - Parameters:
    ///   - place: Where it is.
    ///   - port: The number of its port; 0 for any that is free.
    ///   - backlog: How many connections wait to be accepted; nil if it does not listen.
    /// - Throws: ``SystemError`` if it cannot be taken.
    init(_ place: Place, port: UInt16 = 0, backlog: Int32? = 64) throws {
        let address: SocketAddress? =
            switch place {
            case .four: SocketAddress(numeric: "127.0.0.1", port: port)
            case .six: SocketAddress(numeric: "::1", port: port)
            case .path(let path): SocketAddress(path: path)
            }
        guard let address else {
            throw SystemError("make an address", code: EINVAL)
        }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let listener = socket(address.family, kind, 0)
        guard address.withPointer({ bind(listener, $0, $1) }) == 0 else {
            let error = SystemError("bind")
            close(listener)
            throw error
        }
        if let backlog {
            listen(listener, backlog)
        }
        var name = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        withUnsafeMutableBytes(of: &name) { bytes in
            _ = getsockname(listener, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        self.listener = listener
        // The port is at the same place for both families.
        self.port = address.family == AF_UNIX ? 0 : UInt16(bigEndian: name.sin6_port)
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The requests so far.
    var requests: [String] { received.withLock { $0 } }

    /// Answers each connection from now on.
    ///
    /// - Parameter answer: Sends the answer, after the head of a request has come; the connection is closed afterwards.
    func serve(_ answer: @escaping @Sendable (Int32) -> Void) {
        let listener = listener
        Thread.detachNewThread { [weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                let request = Self.readHead(connection)
                self?.received.withLock { $0.append(request) }
                answer(connection)
                close(connection)
            }
        }
    }

    /// Answers each connection from now on with a text.
    func serve(_ text: String) {
        serve { connection in Self.send(text, connection) }
    }

    /// Sends text; nothing happens if the client has gone.
    static func send(_ text: String, _ connection: Int32) {
        let bytes = Array(text.utf8)
        _ = Foundation.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func readHead(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while !bytes.ends(with: "\r\n\r\n".utf8), recv(connection, &byte, 1, 0) == 1 {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    fileprivate func ends(with end: String.UTF8View) -> Bool {
        suffix(end.count).elementsEqual(end)
    }
}
