import ListenerKit

extension SupervisorModel {
    /// Starts or stops a process, or a group that is named `group:*`.
    mutating func change(_ call: RPCCall) throws(Fault) -> RPCAnswer {
        let name = try text(call, 0)
        let isStart = call.method == "startProcess"
        if name.hasSuffix(":*") || name.hasSuffix(":") {
            let group = name.prefix { $0 != ":" }
            let method = isStart ? "startProcessGroup" : "stopProcessGroup"
            let parameters = [.string(String(group))] + call.parameters.dropFirst()
            return try changeAll(RPCCall(method: method, parameters: parameters))
        }
        let process = processes[try index(of: name)].name
        try isStart ? start(name) : stop(name)
        guard call.parameters.dropFirst().first?.boolean ?? true else {
            return .now(.success(true))
        }
        return .later { $0.outcome(of: process, name, isStart: isStart) }
    }

    /// Returns the outcome of an order; nil if it is not known yet.
    private func outcome(of process: ProcessName, _ name: String, isStart: Bool) -> XMLRPCReply? {
        guard let state = processes.first(where: { $0.name == process })?.state else {
            return .failure(Fault(.badName, name))
        }
        guard isStart else {
            return [.stopped, .exited, .fatal, .unknown].contains(state) ? .success(true) : nil
        }
        switch state {
        case .running: return .success(true)
        case .starting: return nil
        case .backoff, .fatal: return .failure(Fault(.spawnError, name))
        default: return .failure(Fault(.abnormalTermination, name))
        }
    }

    /// Starts or stops the processes of a group, or all that there are.
    mutating func changeAll(_ call: RPCCall) throws(Fault) -> RPCAnswer {
        let isStart = call.method.hasPrefix("start")
        let isGroup = call.method.hasSuffix("Group")
        let group = isGroup ? try text(call, 0) : nil
        let members = processes.filter { group == nil || $0.program.group == group }
        guard group == nil || !members.isEmpty else {
            throw Fault(.badName, group ?? "")
        }
        let waits = call.parameters.dropFirst(isGroup ? 1 : 0).first?.boolean ?? true
        let active: [ProcessState] = [.running, .starting, .backoff]
        let concerned = members.filter { $0.state != .stopping && isStart != active.contains($0.state) }
        let orders = concerned.map { (name: $0.name, failure: order($0.name, isStart: isStart)) }
        return .later { $0.results(of: orders, isStart: isStart, waits: waits) }
    }

    private mutating func order(_ process: ProcessName, isStart: Bool) -> Fault? {
        let name = "\(process.group):\(process.process)"
        do throws(Fault) {
            try isStart ? start(name) : stop(name)
            return nil
        } catch {
            return error
        }
    }

    private func results(
        of orders: [(name: ProcessName, failure: Fault?)],
        isStart: Bool,
        waits: Bool
    ) -> XMLRPCReply? {
        var results: [XMLRPCValue] = []
        for (process, failure) in orders {
            var reply: XMLRPCReply? = failure.map { .failure($0) }
            if failure == nil {
                reply = waits ? outcome(of: process, process.process, isStart: isStart) : .success(true)
            }
            guard let reply else {
                return nil
            }
            let (status, description) = Self.status(reply)
            results.append([
                "name": .string(process.process), "group": .string(process.group), "status": .int(status),
                "description": .string(description),
            ])
        }
        return .success(.array(results))
    }

    private static func status(_ reply: XMLRPCReply) -> (Int, String) {
        switch reply {
        case .success: (Fault.Known.success.rawValue, "OK")
        case .failure(let fault): (fault.code, fault.message)
        }
    }
}
