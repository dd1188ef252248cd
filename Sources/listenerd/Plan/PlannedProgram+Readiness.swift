import Handlers
import ListenerKit

extension ProgramGates {
    /// The gates of all processes as they are written, each once.
    var distinct: [Gate] {
        var seen: Set<String> = []
        return processes.joined().filter { seen.insert($0.text).inserted }
    }
}

extension PlannedProgram {
    /// The gates in words: `ready when tcp://db:5432 and notify, within 30 s`; nil if there are none.
    var readiness: String? {
        guard let gates else {
            return nil
        }
        let distinct = gates.distinct
        var texts = distinct.prefix(Self.mostGates).map { $0.isUnreadable ? "\($0.text) (cannot be read)" : $0.text }
        if distinct.count > Self.mostGates {
            texts.append("\(distinct.count - Self.mostGates) more")
        }
        let limit = gates.timeout.map { ", within \($0.optionText) s" } ?? ""
        return "ready when \(texts.joined(separator: " and "))\(limit)"
    }

    /// How many gates are worth reading in one line.
    private static let mostGates = 5
}
