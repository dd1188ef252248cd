/// A payload without the values that its kind of event has.
enum PayloadError: Error, Equatable {
    /// The key that is not there.
    case missing(String)
    /// The key, and the text that stands where its number should.
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
