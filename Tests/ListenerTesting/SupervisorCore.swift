import ListenerKit
import Synchronization

/// The parts of a fake supervisord: the model, the threads that talk to listeners, the RPC server, and a folder.
final class SupervisorCore: Sendable {
    let model: Monitor<SupervisorModel>
    let folder: TemporaryFolder
    let credentials: Credentials?
    /// The time at which the test began, by the clock of its listeners.
    private let startTime = ContinuousClock.now
    private let ports = Mutex<[Int: ListenerPort]>([:])
    private let server = Mutex<RPCServer?>(nil)

    init(_ model: SupervisorModel, credentials: Credentials?) throws(SystemError) {
        self.model = Monitor(model)
        self.credentials = credentials
        folder = try TemporaryFolder()
    }

    var socketPath: String { "\(folder.path)/supervisor.sock" }

    /// Returns supervisord's time as listeners in this process read it from their clock.
    func instant(of time: Duration) -> ContinuousClock.Instant {
        startTime + (time - SupervisorModel.startTime)
    }

    /// Returns supervisord's time for one that listeners have read from their clock.
    func time(of instant: ContinuousClock.Instant) -> Duration {
        SupervisorModel.startTime + startTime.duration(to: instant)
    }

    /// Changes the model, and passes on to listeners what follows.
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
            guard model.phase == .shuttingDown,
                !model.processes.contains(where: { $0.isAlive && !model.isListener($0.name) })
            else {
                return false
            }
            model.phase = .ended
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

    /// Ends the server and the listeners, and removes the folder.
    func close() {
        closeServer()
        model.withLock { $0.isClosed = true }
        // Ports refer to this object, which would never go away with them.
        let ports = ports.withLock { ports in
            defer { ports = [:] }
            return ports.values
        }
        for port in ports {
            port.abandon()
        }
        folder.remove()
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
        // In one step: a test that sees the call sees its effects too.
        let (planned, answer) = change { model in
            model.calls.append(call)
            let planned = model.useDisturbance(for: call)
            return (planned, planned?.disturbance.preventsCall == true ? nil : model.carryOut(call))
        }
        switch planned?.disturbance {
        case nil: return bytes(of: answer)
        case .httpStatus(let status): return HTTPAnswer(status: status).bytes
        case .fault(let fault): return HTTPAnswer(.failure(fault)).bytes
        case .rubbish: return HTTPAnswer(status: 200, body: "<html>It works!</html>").bytes
        case .hangs:
            let id = planned?.id
            model.waitBlocking { model in model.isClosed || !model.disturbances.contains { $0.id == id } }
            return bytes(of: change { $0.carryOut(call) })
        case .value(let value):
            _ = bytes(of: answer)
            return HTTPAnswer(.success(value)).bytes
        case .cutOff: return bytes(of: answer).dropLast(40)
        }
    }

    private func bytes(of answer: RPCAnswer?) -> [UInt8] {
        let (reply, hasWaited) = reply(answer ?? .now(.failure(Fault(.failed))))
        return HTTPAnswer(reply, isDeferred: hasWaited).bytes
    }

    private func reply(_ answer: RPCAnswer) -> (reply: XMLRPCReply, hasWaited: Bool) {
        switch answer {
        case .now(let reply):
            return (reply, false)
        case .later(let outcome):
            model.waitBlocking { $0.isClosed || outcome($0) != nil }
            let reply = model.withLock { outcome($0) }
            return (reply ?? .failure(Fault(.shutdownState)), true)
        case .inTurn(let calls):
            return (.success(.array(calls.map { value(of: $0) })), false)
        }
    }

    /// Carries out a call that is one of several in a request.
    private func value(of call: RPCCall) -> XMLRPCValue {
        let answer = change { model in
            model.calls.append(call)
            return model.carryOut(call)
        }
        switch reply(answer).reply {
        case .success(let value): return value
        case .failure(let fault): return ["faultCode": .int(fault.code), "faultString": .string(fault.message)]
        }
    }
}
