import ListenerKit

extension ProcessName {
    /// A process by the name that supervisorctl prints: `web`, or `group:web`.
    static func of(_ text: String) -> ProcessName {
        let parts = text.split(separator: ":")
        return ProcessName(group: String(parts[0]), process: String(parts[parts.count - 1]))
    }
}
