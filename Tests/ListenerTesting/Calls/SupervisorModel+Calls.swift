import ListenerKit

extension SupervisorModel {
    /// Carries out a call.
    mutating func carryOut(_ call: RPCCall) -> RPCAnswer {
        do {
            return try answer(to: call)
        } catch {
            return .now(.failure(error))
        }
    }

    private mutating func answer(to call: RPCCall) throws(Fault) -> RPCAnswer {
        if phase != .running, !call.method.hasPrefix("system."), call.method != "sendRemoteCommEvent" {
            throw Fault(.shutdownState)
        }
        switch call.method {
        case "system.multicall":
            let calls = call.parameters.first?.array ?? []
            return .inTurn(
                calls.map { RPCCall(method: $0["methodName"]?.string ?? "", parameters: $0["params"]?.array ?? []) }
            )
        case "startProcess", "stopProcess": return try change(call)
        case "startProcessGroup", "stopProcessGroup", "startAllProcesses", "stopAllProcesses":
            return try changeAll(call)
        default: return .now(.success(try value(of: call)))
        }
    }

    // MARK: Answers at once

    private mutating func value(of call: RPCCall) throws(Fault) -> XMLRPCValue {
        switch call.method {
        case "getAPIVersion", "getVersion": return "3.0"
        case "getSupervisorVersion": return "4.3.0"
        case "getIdentification": return .string(identifier)
        case "getPID": return .int(pid)
        case "getState": return ["statecode": 1, "statename": "RUNNING"]
        case "getProcessInfo": return processes[try index(of: try text(call, 0))].information(now: seconds)
        case "getAllProcessInfo":
            return .array(processes.sorted { $0.name < $1.name }.map { $0.information(now: seconds) })
        case "shutdown", "restart":
            shutDown()
            return true
        case "signalProcess":
            let index = try index(of: try text(call, 0))
            guard processes[index].isAlive else {
                throw Fault(.notRunning, try text(call, 0))
            }
            return true
        case "sendProcessStdin":
            return .boolean(try index(of: try text(call, 0)) >= 0)
        case "sendRemoteCommEvent":
            emit(EventKind.remoteCommunication.rawValue, "type:\(try text(call, 0))\n\(try text(call, 1))")
            return true
        case "addProcessGroup": return try addGroup(try text(call, 0))
        case "removeProcessGroup": return try removeGroup(try text(call, 0))
        case "reloadConfig":
            let added = Set(removedPrograms.map { $0.group }).sorted().map { XMLRPCValue.string($0) }
            return [[.array(added), [], []]]
        default: throw Fault(.unknownMethod)
        }
    }

    func text(_ call: RPCCall, _ index: Int) throws(Fault) -> String {
        guard call.parameters.indices.contains(index), let text = call.parameters[index].string else {
            throw Fault(.incorrectParameters)
        }
        return text
    }

    mutating func addGroup(_ group: String) throws(Fault) -> XMLRPCValue {
        guard !processes.contains(where: { $0.program.group == group }) else {
            throw Fault(.alreadyAdded, group)
        }
        let programs = removedPrograms.filter { $0.group == group }
        guard !programs.isEmpty else {
            throw Fault(.badName, group)
        }
        removedPrograms.removeAll { $0.group == group }
        insert(programs)
        emit(EventKind.processGroupAdded.rawValue, "groupname:\(group)\n")
        autostart()
        return true
    }

    mutating func removeGroup(_ group: String) throws(Fault) -> XMLRPCValue {
        let members = processes.filter { $0.program.group == group }
        guard !members.isEmpty else {
            throw Fault(.badName, group)
        }
        guard !members.contains(where: { $0.isAlive }) else {
            throw Fault(.stillRunning, group)
        }
        processes.removeAll { $0.program.group == group }
        removedPrograms += members.map { $0.program }
        emit(EventKind.processGroupRemoved.rawValue, "groupname:\(group)\n")
        return true
    }
}
