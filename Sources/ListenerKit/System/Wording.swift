/// Returns words as a sentence lists them: `a`, `a and b`, `a, b and c`.
///
/// - Parameter words: At least one word.
/// - Returns: The words, with what stands between them.
package func enumerated(_ words: [String]) -> String {
    let last = words.suffix(1).joined()
    return words.count == 1 ? last : "\(words.dropLast().joined(separator: ", ")) and \(last)"
}

extension Duration {
    /// The seconds with one decimal: `1.5`.
    package var inSeconds: String {
        let tenths = Int((self / .milliseconds(100)).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
