/// Returns words as a list in a sentence: `a`, `a and b`, `a, b and c`.
///
/// - Parameter words: The words, at least one.
/// - Returns: The list.
package func listed(_ words: [String]) -> String {
    let last = words.suffix(1).joined()
    return words.count == 1 ? last : "\(words.dropLast().joined(separator: ", ")) and \(last)"
}

/// Returns words that begin with a capital letter as a part of a sentence.
package func inSentence(_ words: String) -> String {
    words.prefix(1).lowercased() + words.dropFirst()
}

extension Duration {
    /// The seconds as text with one decimal: `1.5`.
    package var inSeconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The seconds as text, with a decimal only if they are not whole: `60`, `1.5`.
    package var inShortSeconds: String {
        let seconds = inSeconds
        return seconds.hasSuffix(".0") ? String(seconds.dropLast(2)) : seconds
    }
}
