import ListenerKit

/// Suggests the condition that was meant by a word that is none.
enum ConditionSpelling {
    /// The words of docker compose and of process-compose, with the conditions that come nearest to them.
    private static let otherWords: [String: StartupCondition] = [
        "complete": .completed, "completed_successfully": .completed, "done": .completed, "finished": .completed,
        "healthy": .running, "process_completed": .exited, "process_completed_successfully": .completed,
        "process_healthy": .running, "process_started": .started, "ready": .running,
        "service_completed_successfully": .completed, "service_healthy": .running, "service_started": .started,
        "succeeded": .completed, "success": .completed, "successful": .completed, "up": .running,
    ]

    /// Returns the condition that a word probably stands for; nil if it is not like any of them.
    static func meaning(of word: String) -> String? {
        let word = word.lowercased()
        return otherWords[word]?.rawValue ?? Suggestion.nearest(to: word, among: StartupCondition.allWords)
    }

    /// Returns what to write instead of a word, with all conditions unless the word is only misspelled: it follows the word.
    static func advice(for word: String) -> String {
        let meaning = meaning(of: word)
        let suggestion = meaning.map { "; did you mean '\($0)'?" } ?? ""
        guard meaning == nil || otherWords[word.lowercased()] != nil else {
            return suggestion
        }
        return suggestion + " (conditions: \(StartupCondition.allWords.joined(separator: ", ")))"
    }
}
