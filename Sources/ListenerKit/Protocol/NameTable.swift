/// Finds values by the bytes of their names, without making strings of the bytes.
struct NameTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let name: [UInt8]
        let value: Value
    }

    /// Few names have the same length, so few are compared.
    private let entriesByLength: [[Entry]]

    /// Makes a table of some values.
    init(of values: [Value], named name: (Value) -> String) {
        let entries = values.map { Entry(name: Array(name($0).utf8), value: $0) }
        let longest = entries.map { $0.name.count }.max() ?? 0
        entriesByLength = (0...longest).map { length in entries.filter { $0.name.count == length } }
    }

    /// Returns the value with a name; `nil` if there is none.
    subscript(name: Span<UInt8>) -> Value? {
        guard name.count < entriesByLength.count else {
            return nil
        }
        for entry in entriesByLength[name.count] {
            let known = entry.name
            if name.holds(known.span, at: 0) {
                return entry.value
            }
        }
        return nil
    }
}
