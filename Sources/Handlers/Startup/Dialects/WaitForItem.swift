import ListenerKit

/// One item of `dependent_startup_wait_for`: `parent`, or `parent:state[,state]`.
struct WaitForItem: Equatable {
    /// The name of the section that is waited for.
    let parent: String
    /// The states that count; any of them.
    let conditions: StartupConditions
    /// Words that name no state that could be waited for.
    let wrongStates: [String]
    /// Whether there is more than one colon, so that what follows the first one is ignored.
    let hasTooManyParts: Bool

    /// The states that can be waited for; supervisord-dependent-startup has no STOPPED and no UNKNOWN.
    static let states: [ProcessState] = [.starting, .running, .backoff, .stopping, .exited, .fatal]

    /// Reads an item.
    ///
    /// - Parameter text: The text between two spaces.
    init(_ text: Substring) {
        let parts = text.parts(separatedBy: ":")
        parent = String(parts[0])
        hasTooManyParts = parts.count > 2
        guard parts.count == 2 else {
            conditions = .running
            wrongStates = []
            return
        }
        var conditions: StartupConditions = []
        var wrongStates: [String] = []
        for word in parts[1].parts(separatedBy: ",") {
            if let state = ProcessState(name: String(word)), Self.states.contains(state) {
                conditions.formUnion(StartupConditions(awaiting: state))
            } else {
                wrongStates.append(String(word))
            }
        }
        self.conditions = conditions
        self.wrongStates = wrongStates
    }
}
