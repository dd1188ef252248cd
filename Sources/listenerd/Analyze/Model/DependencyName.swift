import ListenerKit

/// A dependency, named on the command line: `database→web`, or `database->web`.
struct DependencyName: Equatable, OptionValue {
    /// What is waited for, as the configuration has it.
    let parent: String
    /// The program that waits.
    let child: String

    static let optionRequirement = "PARENT->CHILD, or PARENT→CHILD"

    var optionText: String { "\(parent)→\(child)" }

    init?(optionText: String) {
        let bytes = Array(optionText.utf8)[...]
        let arrows = ["→", "->"].compactMap { arrow in
            bytes.firstOccurrence(of: arrow.utf8).map { ($0, $0 + arrow.utf8.count) }
        }
        guard let (start, end) = arrows.first, start > 0, end < bytes.count else {
            return nil
        }
        parent = String(decoding: bytes[..<start], as: UTF8.self)
        child = String(decoding: bytes[end...], as: UTF8.self)
    }
}
