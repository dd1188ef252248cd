/// Searching by bytes: comparing `Character`s would be slow, and would miss text before a combining mark.
extension String {
    /// Whether the bytes of a text occur in this one.
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

    /// Whether there is a percent sign: asked of every value of a file, so it has to be quick.
    var containsPercent: Bool {
        let percent = UInt8(ascii: "%")
        return utf8.withContiguousStorageIfAvailable { $0.contains(percent) } ?? utf8.contains(percent)
    }

    /// This text with every occurrence of another's bytes replaced.
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

    /// The text with every ASCII letter in upper case, for names that are compared without regard to case.
    var asciiUppercased: String {
        String(decoding: utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }, as: UTF8.self)
    }

    /// The text with every ASCII letter in lower case: nearly always the text itself, which need not be made again.
    var asciiLowercased: String {
        guard utf8.contains(where: { (0x41...0x5A).contains($0) }) else {
            return self
        }
        return String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    /// The text between quotes, fit for a message: on one line, without control characters, and not too long.
    package var quoted: String {
        let limit = 80
        var text = "'"
        for scalar in unicodeScalars.prefix(limit) {
            text += scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: false) : String(scalar)
        }
        return text + (unicodeScalars.count > limit ? "…'" : "'")
    }
}
