/// Searching by bytes, because comparing `Character`s would be slow, and would miss text before a combining mark.
extension String {
    /// Returns whether the bytes of another text occur in this one.
    func contains(bytesOf text: String) -> Bool {
        guard let first = text.utf8.first else {
            return true
        }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: text.utf8) {
                return true
            }
            rest = rest[rest.index(after: start)...]
        }
        return false
    }

    /// Whether there is a percent sign; it is called for every value of a file, so it has to be fast.
    var containsPercent: Bool {
        let percent = UInt8(ascii: "%")
        return utf8.withContiguousStorageIfAvailable { $0.contains(percent) } ?? utf8.contains(percent)
    }

    /// Returns the text with each occurrence of another's bytes replaced.
    package func replacing(bytesOf text: String, with replacement: String) -> String {
        guard let first = text.utf8.first else {
            return self
        }
        var result: [UInt8] = []
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            result.append(contentsOf: rest[..<start])
            if rest[start...].starts(with: text.utf8) {
                result.append(contentsOf: replacement.utf8)
                rest = rest[start...].dropFirst(text.utf8.count)
            } else {
                result.append(first)
                rest = rest[start...].dropFirst()
            }
        }
        result.append(contentsOf: rest)
        return String(decoding: result, as: UTF8.self)
    }

    /// The text with ASCII letters in upper case, for names that are compared case-insensitively.
    var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
    }

    /// The text with ASCII letters in lower case; it nearly always is already, and then is not copied.
    var asciiLowercased: String {
        guard utf8.contains(where: { (0x41...0x5A).contains($0) }) else {
            return self
        }
        return String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    /// The text in quotes, for a message: on one line, without control characters, cut off if it is long.
    package var quoted: String {
        let limit = 80
        var text = "'"
        for scalar in unicodeScalars.prefix(limit) {
            text += scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: false) : String(scalar)
        }
        return text + (unicodeScalars.count > limit ? "…'" : "'")
    }
}
