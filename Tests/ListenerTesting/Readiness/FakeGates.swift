import ListenerKit

/// What the gates of programs answer that are tried, as the test says.
package struct FakeGates: Sendable {
    /// The gates that are open.
    private var open: Set<String> = []
    /// Why others are shut.
    private var answers: [String: String] = [:]
    /// The gates that were tried, in order.
    private var tried: [String] = []

    /// Opens a gate.
    package mutating func open(_ gate: String) {
        open.insert(gate)
    }

    /// Shuts a gate, for a reason.
    package mutating func shut(_ gate: String, _ answer: String) {
        open.remove(gate)
        answers[gate] = answer
    }

    /// Returns how often a gate was tried.
    func attempts(at gate: String) -> Int {
        tried.count { $0 == gate }
    }

    /// Answers an attempt, and counts it.
    mutating func outcome(of probe: Probe) -> ProbeOutcome {
        let gate = probe.gate
        tried.append(gate)
        return open.contains(gate) ? .passed : .failed(answers[gate] ?? "connection refused")
    }
}

extension Probe {
    /// The gate as it stands in a configuration, always with its port.
    fileprivate var gate: String {
        switch self {
        case .tcp(let host, let port): "tcp://\(Self.authority(host, port))"
        case .unix(let path): "unix://\(path)"
        case .http(let host, let port, let path): "http://\(Self.authority(host, port))\(path)"
        case .file(let path): "file://\(path)"
        case .command(let command): "exec:\(command.arguments.joined(separator: " "))"
        }
    }

    private static func authority(_ host: String, _ port: UInt16) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
