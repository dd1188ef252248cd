import ListenerKit

extension Autorestart {
    /// The value as the configuration has it.
    var word: String {
        switch self {
        case .never: "false"
        case .unexpected: "unexpected"
        case .always: "true"
        }
    }

    /// Reads a value as ``word`` writes it.
    init?(word: String) {
        guard let value = [Self.never, .unexpected, .always].first(where: { $0.word == word }) else {
            return nil
        }
        self = value
    }
}
