/// An environment variable that a value refers to, and that is not set.
package struct UnsetVariable: Hashable, Sendable {
    /// Its name.
    package let name: String
    /// A variable that is set and that was probably meant; nil if there is none.
    package let suggestion: String?
}

extension UnsetVariable: CustomStringConvertible {
    /// The problem, and what to write instead.
    package var description: String {
        "\(name) is not set" + (suggestion.map { "; did you mean %(ENV_\($0))s?" } ?? "")
    }
}
