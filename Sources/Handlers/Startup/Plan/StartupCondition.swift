/// A condition that a process can reach and others can wait for; each case is a word of `startafter=`.
enum StartupCondition: String, CaseIterable {
    /// Started, whatever became of that.
    case started
    /// Up for its `startsecs`.
    case running
    /// Exited with one of its `exitcodes`.
    case completed
    /// Exited by itself, with any status.
    case exited
    /// Exited before its `startsecs`; supervisord tries again.
    case backoff
    /// Told to stop.
    case stopping
    /// Stopped as it was told.
    case stopped
    /// Given up by supervisord.
    case fatal
    /// Not known even to supervisord.
    case unknown

    /// How many there are.
    static let count = allCases.count

    /// supervisord's name of the state in which a process is that was started: a word for that condition too.
    private static let starting = "starting"

    /// Finds the condition that a word names, in upper or lower case; the names of all states are conditions.
    init?(word: Substring) {
        guard let named = Self.byWord.first(where: { word.isWord($0.word) }) else {
            return nil
        }
        self = named.condition
    }

    /// Every word for a condition.
    static let allWords = byWord.map { $0.word }

    private static let byWord = allCases.map { (condition: $0, word: $0.rawValue) } + [(.started, starting)]
}
