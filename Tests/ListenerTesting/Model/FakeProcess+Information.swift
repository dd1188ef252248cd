import ListenerKit

extension FakeProcess {
    /// The reply to `getProcessInfo`.
    func information(now: Int) -> XMLRPCValue {
        [
            "name": .string(program.name), "group": .string(program.group), "start": .int(Self.seconds(startTime)),
            "stop": .int(Self.seconds(stopTime)), "now": .int(now), "state": .int(state.rawValue),
            "statename": .string(state.name), "spawnerr": .string(spawnError),
            "exitstatus": .int(exitStatus), "logfile": "", "stdout_logfile": "", "stderr_logfile": "",
            "pid": .int(isAlive ? pid : 0), "description": .string(text(now: now)),
        ]
    }

    private func text(now: Int) -> String {
        switch state {
        case .running: "pid \(pid), uptime 0:00:0\((now - Self.seconds(startTime)) % 10)"
        case .backoff, .fatal: spawnError.isEmpty ? "unknown error (try \"tail \(name)\")" : spawnError
        case .stopped where startTime == nil: "Not started"
        case .stopped, .exited: "Jan 15 08:00 AM"
        default: ""
        }
    }

    private static func seconds(_ time: Duration?) -> Int {
        time.map { Int($0.components.seconds) } ?? 0
    }
}
