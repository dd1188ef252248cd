import Foundation
import ListenerKit
import ListenerTesting
import Synchronization

/// A server on a Unix socket or a port that runs a script for each connection, right or wrong.
final class ScriptedServer: Sendable {
    /// The URL at which it listens.
    let endpoint: Endpoint
    private let listener: Int32
    /// The folder of its socket, unless it listens on a port.
    private let folder: TemporaryFolder?
    private let received = Requests()
    private let script: @Sendable (ScriptedConnection) -> Void

    /// The requests, which the threads of connections share with the server.
    private final class Requests: Sendable {
        let texts = Mutex<[String]>([])
    }

    /// Starts to listen, and answers from then on.
    ///
    /// - Parameters:
    ///   - onPort: Whether it listens on a port of 127.0.0.1 rather than on a Unix socket.
    ///   - backlog: How many connections may wait to be accepted.
    ///   - accepts: Whether it accepts connections from the start.
    ///   - script: What to do with a connection, which is closed afterwards.
    /// - Throws: ``SystemError`` if its socket cannot be created.
    init(
        onPort: Bool = false,
        backlog: Int32 = 64,
        accepts: Bool = true,
        _ script: @escaping @Sendable (ScriptedConnection) -> Void
    ) throws {
        let folder = onPort ? nil : try TemporaryFolder()
        let listening = folder.map { Self.listenAtPath("\($0.path)/socket", backlog) } ?? Self.listenOnPort(backlog)
        (listener, endpoint) = listening
        self.folder = folder
        self.script = script
        if accepts {
            accept()
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    /// The requests so far, as text.
    var requests: [String] {
        received.texts.withLock { $0 }
    }

    /// Accepts connections from now on, each on its own thread.
    func accept() {
        let listener = listener
        let script = script
        let received = received
        Thread.detachNewThread {
            while true {
                let number = Foundation.accept(listener, nil, nil)
                guard number >= 0 else {
                    return
                }
                let connection = ScriptedConnection(number: number) { request in
                    received.texts.withLock { $0.append(request) }
                }
                Thread.detachNewThread {
                    script(connection)
                    close(number)
                }
            }
        }
    }

    private static func listenAtPath(_ path: String, _ backlog: Int32) -> (Int32, Endpoint) {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        bind(listener, &address)
        listen(listener, backlog)
        return (listener, .unix(path: path))
    }

    private static func listenOnPort(_ backlog: Int32) -> (Int32, Endpoint) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        bind(listener, &address)
        listen(listener, backlog)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(listener, $0, &length) }
        }
        return (listener, .http(host: "127.0.0.1", port: UInt16(bigEndian: address.sin_port)))
    }

    private static func bind(_ socket: Int32, _ address: inout some Any) {
        withUnsafeBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else {
                return
            }
            _ = Foundation.bind(socket, base, socklen_t(bytes.count))
        }
    }
}

/// The server's side of one connection.
struct ScriptedConnection: Sendable {
    fileprivate let number: Int32
    fileprivate let note: @Sendable (String) -> Void

    /// Reads one request, with its body.
    func readRequest() {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while recv(number, &byte, 1, 0) == 1 {
            bytes.append(byte)
            let text = String(decoding: bytes, as: UTF8.self)
            if text.hasSuffix("</methodCall>\n") {
                return note(text)
            }
        }
    }

    /// Sends text; `false` once the client has gone.
    @discardableResult
    func send(_ text: String) -> Bool {
        send(Array(text.utf8))
    }

    /// Sends bytes; `false` once the client has gone.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else {
                return false
            }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Waits until the client has gone.
    func hang() {
        var byte: UInt8 = 0
        while recv(number, &byte, 1, 0) > 0 {}
    }

    /// Closes the connection so that the client sees a reset rather than its end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
    }
}
