/// A payload lacks a value that its kind of event has.
enum PayloadError: Error, Equatable {
    /// The key of a missing value.
    case missing(String)
    /// The key of a number, and the text that is there instead.
    case notANumber(String, String)
}

extension PayloadError: CustomStringConvertible {
    var description: String {
        switch self {
        case .missing(let key): "it has no '\(key)'"
        case .notANumber(let key, let text): "its '\(key)' is '\(text)', not a number"
        }
    }
}
