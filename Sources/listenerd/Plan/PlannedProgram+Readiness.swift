import Handlers
import ListenerKit

extension PlannedProgram {
    /// The gates in words, those of the first process if each has its own: `ready when tcp://db:5432 and notify, within 30 s`.
    ///
    /// Nil if there are none.
    var readiness: String? {
        guard let gates, let first = gates.processes.first(where: { !$0.isEmpty }) else {
            return nil
        }
        let texts = first.map { $0.isUnreadable ? "\($0.text) (cannot be read)" : $0.text }
        let isShared = gates.distinct.count == first.count
        let others = isShared ? "" : " (each process has its own)"
        let limit = gates.timeout.map { ", within \($0.optionText) s" } ?? ""
        return "ready when \(texts.joined(separator: " and "))\(others)\(limit)"
    }
}
