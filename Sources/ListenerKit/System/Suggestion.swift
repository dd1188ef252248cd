/// Finds the word that was probably meant by a misspelled one.
package enum Suggestion {
    /// Returns the nearest of some words, if at most one letter in three is wrong, missing, superfluous or swapped.
    ///
    /// - Parameters:
    ///   - word: The word as typed.
    ///   - candidates: The words that exist.
    /// - Returns: The nearest candidate; nil if none is near enough.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let typed = Array(word.utf8)
        let ranked = candidates.map { (word: $0, distance: distance(typed, Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }),
            best.distance <= max(1, best.word.utf8.count / 3)
        else {
            return nil
        }
        return best.word
    }

    /// Returns the number of edits between two words (the Damerau-Levenshtein distance, restricted to adjacent swaps).
    private static func distance(_ one: [UInt8], _ other: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...other.count)
        for (row, letter) in one.enumerated() {
            var current = [row + 1]
            for (column, otherLetter) in other.enumerated() {
                let substituted = previous[column] + (letter == otherLetter ? 0 : 1)
                var best = min(substituted, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == other[column - 1], one[row - 1] == otherLetter {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[other.count]
    }
}
