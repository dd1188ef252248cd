import ListenerKit

extension SupervisorModel {
    /// A summary of the model, for the message of a test that has failed.
    var summary: String {
        let states = processes.map { "\($0.name) \($0.state)" }.joined(separator: ", ")
        let recent = calls.suffix(20).map { $0.description }.joined(separator: ", ")
        return "processes: \(states); calls: \(calls.count) \(recent)"
    }

    /// Returns a summary of one listener.
    func summary(of listener: Int) -> String {
        guard let record = listeners[listener] else {
            return "no such listener"
        }
        let waiting = pools.first { $0.name == record.pool }?.buffer.count ?? 0
        return """
            the listener is \(record.dialogue.state.rawValue), \(record.end.map { "ended with \($0)" } ?? "alive"), \
            was given \(record.given.count) events, acknowledged \(record.acknowledged.count), \(waiting) wait; \
            messages: \(record.messages)
            """
    }
}
