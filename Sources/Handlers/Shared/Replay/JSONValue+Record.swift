package import ListenerKit

/// The members of a record's objects, each of the type that it must have.
extension JSONValue {
    /// Returns an integer member.
    package func integer(_ key: String) throws(MalformedRecord) -> Int {
        try read(key, "a number") { $0.integer }
    }

    /// Returns a number of seconds.
    package func seconds(_ key: String) throws(MalformedRecord) -> Duration {
        try read(key, "a number of seconds") { $0.exactSeconds }
    }

    /// Returns a text member.
    package func text(_ key: String) throws(MalformedRecord) -> String {
        try read(key, "a text") { $0.text }
    }

    /// Returns a truth value.
    package func boolean(_ key: String) throws(MalformedRecord) -> Bool {
        try read(key, "true or false") { $0.boolean }
    }

    /// Returns the elements of an array.
    package func elements(_ key: String) throws(MalformedRecord) -> [JSONValue] {
        try read(key, "an array") { $0.elements }
    }

    /// Returns the integers of an array.
    package func integers(_ key: String) throws(MalformedRecord) -> [Int] {
        try read(key, "an array of numbers") { value in
            value.elements.flatMap { elements in
                let integers = elements.compactMap { $0.integer }
                return integers.count == elements.count ? integers : nil
            }
        }
    }

    /// Returns the texts of an array.
    package func texts(_ key: String) throws(MalformedRecord) -> [String] {
        try read(key, "an array of texts") { value in
            value.elements.flatMap { elements in
                let texts = elements.compactMap { $0.text }
                return texts.count == elements.count ? texts : nil
            }
        }
    }

    /// Returns a process, named as supervisorctl names it.
    package func process(_ key: String) throws(MalformedRecord) -> ProcessName {
        try read(key, "the name of a process") { $0.text.flatMap { ProcessName($0) } }
    }

    /// Returns a member as a type of values that have names.
    package func named<Value>(_ key: String, _ value: (String) -> Value?) throws(MalformedRecord) -> Value {
        try read(key, "a word that is known here") { $0.text.flatMap(value) }
    }

    private func read<Value>(
        _ key: String,
        _ what: String,
        _ value: (JSONValue) -> Value?
    ) throws(MalformedRecord) -> Value {
        guard let member = self[key], let value = value(member) else {
            throw MalformedRecord("\(key) is not \(what)")
        }
        return value
    }
}

extension JSONValue {
    /// A number of seconds; nil if it is none.
    var exactSeconds: Duration? {
        switch self {
        case .integer(let seconds): .seconds(seconds)
        case .number(let text): Duration(exactSeconds: text)
        default: nil
        }
    }
}
