import Foundation

/// A line that a command prints, compared without its figures and times.
struct TranscriptLine: Equatable, CustomStringConvertible {
    /// The line without what differs from run to run.
    let description: String

    /// Stands for any lines, or within a line for any text.
    private static let elision = "…"

    /// Makes a line of what is printed, or shown.
    init(_ line: String) {
        let text =
            line.replacing(/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/, with: "TIME")
            .replacing(/pid=[0-9]+/, with: "pid=N")
            .replacing(/"(serial|poolserial|pid)":[0-9]+/) { "\($0.1) N" }
            .replacing(/"host":"[^"]*"/, with: "host")
            .replacing(/[0-9]+ times?\b/, with: "N times")
            .replacing(/[0-9]+ inputs\b/, with: "N inputs")
            // The marks of an axis: how many there are depends on how long it is.
            .replacing(/(\|[0-9]+( s)? *)+/, with: "|")
            .replacing(/[0-9]+\.[0-9]+|[0-9]+(?= ?m?s\b)/, with: "N")
            .replacing(/[0-9]+ min[ ]/, with: "")
            // How long something took or waited.
            .replacing(/[ ]after N ?s$/, with: "")
            .replacing(/·+(?=[█▒━])/, with: "")
            .replacing(/([█▒━─·])\1+/) { "\($0.1)" }
            .replacing(/[ ]+/, with: " ")
        description = text.before(" ") ?? text
    }

    /// Whether it stands for any number of lines.
    var isElision: Bool { description == Self.elision }

    /// Whether it shows a line that was printed.
    func shows(_ printed: TranscriptLine) -> Bool {
        let parts = description.components(separatedBy: Self.elision).map {
            NSRegularExpression.escapedPattern(for: $0)
        }
        return printed.description.range(of: "^\(parts.joined(separator: ".*"))$", options: .regularExpression) != nil
    }
}

extension [TranscriptLine] {
    /// Makes lines of a text.
    init(text: String) {
        self = text.split(separator: "\n", omittingEmptySubsequences: false).map { TranscriptLine(String($0)) }
        while last?.description == "" {
            removeLast()
        }
    }

    /// Whether these lines of a page show what was printed.
    ///
    /// - Parameters:
    ///   - printed: What was printed.
    ///   - isOrdered: Whether the order of the lines counts.
    /// - Returns: Whether they do.
    func show(_ printed: [TranscriptLine], isOrdered: Bool) -> Bool {
        isOrdered ? showInOrder(printed[...]) : showInAnyOrder(printed)
    }

    private func showInOrder(_ printed: ArraySlice<TranscriptLine>) -> Bool {
        guard let first else {
            return printed.isEmpty
        }
        let rest = Array(dropFirst())
        if first.isElision {
            return (printed.startIndex...printed.endIndex).contains { rest.showInOrder(printed[$0...]) }
        }
        return printed.first.map { first.shows($0) } == true && rest.showInOrder(printed.dropFirst())
    }

    private func showInAnyOrder(_ printed: [TranscriptLine]) -> Bool {
        var rest = printed
        for line in self where !line.isElision {
            guard let index = rest.firstIndex(where: { line.shows($0) }) else {
                return false
            }
            rest.remove(at: index)
        }
        return rest.isEmpty || contains { $0.isElision }
    }
}
