import ListenerKit

/// The words for decisions that every handler can make; a record is compared by them.
enum DecisionWords {
    /// To nudge supervisord.
    static let nudge = "nudge supervisord"
    private static let alarm = "set the alarm at "
    /// Stands behind what follows from an alarm that was routine when it was recorded, and is not any more.
    static let notRoutine = "no nudge and next alarm alone, as there was"

    /// Returns the words for the next alarm.
    ///
    /// - Parameter time: When it goes off, as the record has it; nil for none.
    /// - Returns: The words.
    static func setAlarm(at time: Duration?) -> String {
        time.map { "\(alarm)\($0.exactSeconds) s" } ?? "clear the alarm"
    }

    /// Returns the words for a snapshot.
    ///
    /// - Parameter delay: When supervisord is to be asked.
    /// - Returns: The words.
    static func requestSnapshot(after delay: Duration) -> String {
        "request a snapshot in \(delay.exactSeconds) s"
    }

    /// Returns whether an alarm has led to nothing but a nudge and the next alarm.
    static func areRoutine(_ decisions: [String]) -> Bool {
        guard let last = decisions.last, last.utf8.starts(with: alarm.utf8) else {
            return false
        }
        return decisions.dropLast().allSatisfy { $0 == nudge }
    }
}
