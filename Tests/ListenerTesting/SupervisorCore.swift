import ListenerKit
import Synchronization

/// What a fake supervisord consists of: the model, the threads that talk to listeners, the server, and a folder.
final class SupervisorCore: Sendable {
    let model: Monitor<SupervisorModel>
    let folder: TemporaryFolder
    let credentials: Credentials?
    private let ports = Mutex<[Int: ListenerPort]>([:])
    private let server = Mutex<RPCServer?>(nil)

    init(_ model: SupervisorModel, credentials: Credentials?) throws(SystemError) {
        self.model = Monitor(model)
        self.credentials = credentials
        folder = try TemporaryFolder()
    }

    var socketPath: String { "\(folder.path)/supervisor.sock" }

    /// Changes the model, and does what follows for listeners.
    @discardableResult
    func change<Value: Sendable, Failure: Error>(
        _ body: (inout SupervisorModel) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        defer { afterChange() }
        return try model.withLock { model throws(Failure) in
            defer { model.dispatch() }
            return try body(&model)
        }
    }

    private func afterChange() {
        let isOver = model.withLock { model in
            guard model.mood == .shuttingDown,
                !model.processes.contains(where: { $0.isAlive && !model.isListener($0.name) })
            else {
                return false
            }
            model.mood = .ended
            return true
        }
        for port in ports.withLock({ Array($0.values) }) {
            if isOver {
                port.terminate()
            }
            port.wake()
        }
    }

    func add(_ port: ListenerPort, as listener: Int) {
        ports.withLock { $0[listener] = port }
    }

    // MARK: Calls

    func openServer() throws(SystemError) {
        let server = self.server.withLock { server in
            let made = server ?? RPCServer(path: socketPath) { [weak self] in self?.answer(to: $0) }
            server = made
            return made
        }
        try server.open()
    }

    func closeServer() {
        server.withLock { $0 }?.close()
    }

    func close() {
        closeServer()
        model.withLock { $0.isClosed = true }
        for port in ports.withLock({ Array($0.values) }) {
            port.wake()
        }
    }
}

// MARK: - Answering calls

extension SupervisorCore {
    private func answer(to bytes: [UInt8]) -> [UInt8]? {
        do {
            guard let request = try HTTPRequest(bytes) else {
                return nil
            }
            guard isAuthorized(request) else {
                return HTTPAnswer(status: 401).bytes
            }
            return answer(to: try request.call())
        } catch let refusal as HTTPRequest.Refusal {
            return HTTPAnswer(status: refusal.status).bytes
        } catch {
            return HTTPAnswer(status: 500).bytes
        }
    }

    private func isAuthorized(_ request: HTTPRequest) -> Bool {
        guard let credentials else {
            return true
        }
        return request.authorization == "Basic " + base64("\(credentials.username):\(credentials.password)".utf8)
    }

    private func answer(to call: RPCCall) -> [UInt8] {
        let planned = change { model in
            model.calls.append(call)
            return model.takeDisturbance(for: call)
        }
        switch planned?.disturbance {
        case nil: return reply(to: call).bytes
        case .httpStatus(let status): return HTTPAnswer(status: status).bytes
        case .fault(let fault): return HTTPAnswer(.failure(fault)).bytes
        case .rubbish: return HTTPAnswer(status: 200, body: "<html>It works!</html>").bytes
        case .hangs:
            let id = planned?.id
            model.waitBlocking { model in model.isClosed || !model.disturbances.contains { $0.id == id } }
            return reply(to: call).bytes
        case .value(let value):
            _ = reply(to: call)
            return HTTPAnswer(.success(value)).bytes
        case .cutOff:
            let whole = reply(to: call).bytes
            return Array(whole.prefix(whole.count - 40))
        }
    }

    private func reply(to call: RPCCall) -> HTTPAnswer {
        if call.method == "system.multicall" {
            return HTTPAnswer(.success(.array(replies(to: call))))
        }
        let (reply, hasWaited) = result(of: call)
        return HTTPAnswer(reply, isDeferred: hasWaited)
    }

    /// Carries the calls within a call out, one after the other.
    private func replies(to call: RPCCall) -> [XMLRPCValue] {
        (call.parameters.first?.array ?? []).map { inner in
            let inner = RPCCall(
                method: inner["methodName"]?.string ?? "",
                parameters: inner["params"]?.array ?? []
            )
            change { $0.calls.append(inner) }
            switch result(of: inner).reply {
            case .success(let value): return value
            case .failure(let fault): return ["faultCode": .int(fault.code), "faultString": .string(fault.message)]
            }
        }
    }

    private func result(of call: RPCCall) -> (reply: XMLRPCReply, hasWaited: Bool) {
        switch change({ $0.carryOut(call) }) {
        case .now(let reply):
            return (reply, false)
        case .later(let outcome):
            model.waitBlocking { $0.isClosed || outcome($0) != nil }
            let reply = model.withLock { outcome($0) }
            return (reply ?? .failure(Fault(.shutdownState)), true)
        }
    }
}
