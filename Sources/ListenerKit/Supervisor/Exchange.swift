/// One call to supervisord over its own connection, on the thread of the caller.
///
/// - The connection is read to the end of the XML: the length that supervisord announces is too small in replies to calls that
///   have waited, and supervisord closes the connection only after its other work.
/// - The connection is used once: after it has rejected a password, supervisord silently ignores further requests on it.
struct Exchange {
    let endpoint: Endpoint
    let credentials: Credentials?
    let method: String
    let timeout: Duration
    /// Called once all but the last byte has been sent: supervisord carries out the call only after this has returned.
    var beforeLastByte: (@Sendable () -> Void)?

    /// Makes the call, and waits for the reply.
    func call(_ parameters: [XMLRPCValue]) throws(SupervisorError) -> XMLRPCValue {
        let request = try request(parameters)
        let reply = try http(exchange(request))
        let outcome: XMLRPCReply
        do {
            outcome = try readReply(in: reply.body)
        } catch .cutOff {
            throw .cutOff(method: method, endpoint: endpoint)
        } catch {
            throw .malformedReply(reason: error.description, method: method, endpoint: endpoint)
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let fault): throw .fault(fault, method: method, endpoint: endpoint)
        }
    }

    private func request(_ parameters: [XMLRPCValue]) throws(SupervisorError) -> [UInt8] {
        let body: [UInt8]
        do {
            body = try XMLRPCRequest(method, parameters).bytes
        } catch {
            throw .invalidArgument(character: error.scalar, method: method)
        }
        // supervisord requires exactly one space after `Content-Length:`, and `close` in lower case.
        let headers = [
            "POST /RPC2 HTTP/1.1", "Host: \(endpoint.host)", "Content-Type: text/xml", "Connection: close",
            "Content-Length: \(body.count)",
        ]
        let authorization = credentials.map { ["Authorization: \($0.authorization)"] } ?? []
        return Array((headers + authorization + ["", ""]).joined(separator: "\r\n").utf8) + body
    }

    private func exchange(_ request: [UInt8]) throws(SupervisorError) -> [UInt8] {
        let deadline = Deadline(after: timeout)
        let addresses = try endpoint.addresses()
        let connection: Connection
        do {
            connection = try Connection.open(to: addresses, by: deadline)
        } catch .system(let error) {
            throw .cannotReach(endpoint: endpoint, error: error)
        } catch {
            throw failure(error)
        }
        do {
            return try answer(to: request, over: connection)
        } catch {
            throw failure(error)
        }
    }

    private func answer(
        to request: [UInt8],
        over connection: borrowing Connection
    ) throws(Connection.Failure) -> [UInt8] {
        do {
            if let beforeLastByte {
                try connection.send(request.dropLast())
                beforeLastByte()
                try connection.send(request.suffix(1))
            } else {
                try connection.send(request[...])
            }
        } catch .timedOut {
            throw .timedOut
        } catch {
            // A server that rejects a request may close the connection before it has read all of it; its answer says why.
            guard let refusal = try? read(connection), !refusal.isEmpty else {
                throw error
            }
            return refusal
        }
        return try read(connection)
    }

    private func read(_ connection: borrowing Connection) throws(Connection.Failure) -> [UInt8] {
        var progress = ReplyProgress()
        return try connection.read { received throws(Connection.Failure) in
            do throws(ReplyProgress.Excess) {
                return try progress.isComplete(&received)
            } catch {
                throw error == .headers ? .tooManyHeaders : .tooLarge
            }
        }
    }

    private func failure(_ failure: Connection.Failure) -> SupervisorError {
        switch failure {
        case .timedOut: .timedOut(method: method, endpoint: endpoint, after: timeout)
        case .tooManyHeaders: .malformedReply(reason: "its headers have no end", method: method, endpoint: endpoint)
        case .tooLarge:
            .malformedReply(
                reason: "it is longer than \(ReplyProgress.longestBody) bytes",
                method: method,
                endpoint: endpoint
            )
        case .system(let error): .connectionLost(error, method: method, endpoint: endpoint)
        }
    }

    /// Parses a reply; throws if supervisord did not accept the request.
    private func http(_ bytes: [UInt8]) throws(SupervisorError) -> HTTPReply {
        let reply: HTTPReply
        do {
            reply = try HTTPReply(bytes)
        } catch .cutOff {
            throw .cutOff(method: method, endpoint: endpoint)
        } catch {
            throw .malformedReply(reason: "it is not HTTP", method: method, endpoint: endpoint)
        }
        guard reply.status != 401 else {
            throw .unauthorized(endpoint: endpoint, hasCredentials: credentials != nil)
        }
        guard reply.status == 200 else {
            throw .httpStatus(reply.status, method: method, endpoint: endpoint)
        }
        guard !reply.isChunked else {
            throw .malformedReply(
                reason: "it is in an encoding that supervisord does not use",
                method: method,
                endpoint: endpoint
            )
        }
        guard !reply.isCutOff else {
            throw .cutOff(method: method, endpoint: endpoint)
        }
        return reply
    }
}

extension Endpoint {
    /// Returns the addresses to connect to, one after the other until one answers.
    ///
    /// - Throws: ``SupervisorError`` if there is none.
    func addresses() throws(SupervisorError) -> [SocketAddress] {
        switch self {
        case .unix(let path):
            guard let address = SocketAddress(path: path) else {
                throw .cannotReach(endpoint: self, error: .pathTooLong)
            }
            return [address]
        case .http(let host, let port):
            do {
                return try SocketAddress.resolve(host, port: port)
            } catch {
                throw .unknownHost(endpoint: self, reason: error.reason)
            }
        }
    }

    /// The addresses that are known without a name service; none for the name of another host.
    var addressesWithoutLookup: [SocketAddress] {
        switch self {
        case .unix(let path): SocketAddress(path: path).map { [$0] } ?? []
        case .http(let host, let port): SocketAddress.withoutLookup(host, port: port)
        }
    }

    /// The value of the `Host` header.
    fileprivate var host: String {
        switch self {
        case .unix: "localhost"
        case .http: String(description.dropFirst("http://".count))
        }
    }
}
