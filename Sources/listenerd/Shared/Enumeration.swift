/// Lists words as a sentence does: `a`, `a and b`, `a, b and c`.
///
/// - Parameter words: At least one word.
/// - Returns: The words, with what stands between them.
func enumerated(_ words: [String]) -> String {
    let last = words.suffix(1).joined()
    return words.count == 1 ? last : "\(words.dropLast().joined(separator: ", ")) and \(last)"
}
