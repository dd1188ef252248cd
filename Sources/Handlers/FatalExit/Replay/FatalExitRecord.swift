/// The words of the record of `--fatal-exit`, which both its writer and its reader use.
enum FatalExitRecord {
    // What it begins with.
    static let options = "options"
    static let triggers = "on"
    static let programs = "programs"
    static let status = "status"
    static let canAsk = "rpc"
    static let asksForUpdates = "updates"
    static let startup = "startup"
    static let onFailure = "on-failure"
    static let plan = "plan"

    // The kinds of inputs.
    static let allProcesses = "all-processes"
    static let process = "process"
    static let shutdown = "shutdown"

    // Their values.
    static let answer = "answer"
    static let processes = "processes"
    static let information = "information"
    static let hasBegun = "begun"

    // The answers that are no information.
    static let none = "none"
    static let removed = "removed"
    static let stopping = "stopping"
}
