import Foundation

/// The fields of a line of a JSON log, or of what a collector has made of it.
struct LogFields {
    /// A value.
    enum Value: Decodable {
        case boolean(Bool)
        case number(Double)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let truth = try? container.decode(Bool.self) {
                self = .boolean(truth)
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        /// Returns whether another value says the same: some collectors know only text.
        func isSame(as other: Value) -> Bool {
            switch (self, other) {
            case (.boolean(let truth), .boolean(let other)): truth == other
            case (.boolean(let truth), .text(let other)): String(truth) == other
            case (.number(let number), .number(let other)): number == other
            case (.number(let number), .text(let other)): number == Double(other)
            case (.text(let text), .text(let other)): text == other
            default: false
            }
        }
    }

    private let values: [String: Value]

    /// Reads a JSON object.
    init(json line: String) throws {
        values = try JSONDecoder().decode([String: Value].self, from: Data(line.utf8))
    }

    /// The names of its fields.
    var keys: Set<String> { Set(values.keys) }

    /// Returns whether both have a field, and its values say the same.
    func isSame(as other: LogFields, _ key: String) -> Bool {
        guard let value = values[key], let otherValue = other.values[key] else {
            return false
        }
        return value.isSame(as: otherValue)
    }

    /// The value of a field that is text.
    func text(_ key: String) -> String? {
        guard case .text(let text) = values[key] else {
            return nil
        }
        return text
    }

    /// The value of a field that is a number.
    func number(_ key: String) -> Double? {
        guard case .number(let number) = values[key] else {
            return nil
        }
        return number
    }
}
