/// The words of the record of a startup, which both its writer and its reader use.
enum StartupRecord {
    // The kinds of inputs.
    static let unknownProcess = "unknown-process"
    static let passed = "passed-gates"
    static let answer = "answer"
    static let news = "news"

    // The outcomes of starts.
    static let started = "started"
    static let alreadyStarted = "already-started"
    static let spawnError = "spawn-error"
    static let shuttingDown = "shutting-down"
    static let lacksCommand = "no-command"
    static let refused = "refused"
    static let unconfirmed = "unconfirmed"
}
