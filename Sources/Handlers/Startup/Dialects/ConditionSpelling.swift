import ListenerKit

/// Finds what was meant by a word that is no condition.
enum ConditionSpelling {
    /// The words of docker compose and of process-compose, with what comes nearest to them here.
    private static let others = [
        "complete": "completed", "completed_successfully": "completed", "done": "completed", "finished": "completed",
        "healthy": "running", "process_completed": "exited", "process_completed_successfully": "completed",
        "process_healthy": "running", "process_started": "started", "ready": "running",
        "service_completed_successfully": "completed", "service_healthy": "running", "service_started": "started",
        "succeeded": "completed", "success": "completed", "successful": "completed", "up": "running",
    ]

    /// The condition that a word probably stands for; nil if it is not like any of them.
    static func meaning(of word: String) -> String? {
        let word = word.lowercased()
        return others[word] ?? Suggestion.nearest(to: word, among: StartupConditions.allWords)
    }

    /// What to write instead of a word, to be added to a sentence; with all conditions unless the word is only misspelt.
    static func advice(for word: String) -> String {
        let meaning = meaning(of: word)
        let suggestion = meaning.map { "; did you mean '\($0)'?" } ?? ""
        guard meaning == nil || others[word.lowercased()] != nil else {
            return suggestion
        }
        return suggestion + " (conditions: \(StartupConditions.allWords.joined(separator: ", ")))"
    }
}
