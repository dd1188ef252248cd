import Glibc

/// A POSIX extended regular expression, which any thread can match lines of UTF-8 with.
package final class RegularExpression: Sendable {
    /// Why a pattern is not a regular expression.
    package struct Malformed: Error, Equatable {
        /// The C library's words, or those for a pattern that would take too much of the machine.
        package let reason: String
    }

    /// How many bytes of a line are compared.
    package static let longestLine = 32 << 10
    /// The length of a pattern in bytes, and the product of its repetitions; the C library fills the stack or the memory with
    /// much longer ones.
    private static let limit = 1000

    /// The C library's own locale, with characters of several bytes; nil, for which bytes are compared, if it lacks that.
    ///
    /// It is made once, and nothing changes it.
    nonisolated(unsafe) private static let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)

    // Nothing changes it after it has been compiled, and regexec(3) may be called by several threads.
    nonisolated(unsafe) private let compiled: UnsafeMutablePointer<regex_t>

    /// Compiles a pattern.
    ///
    /// - Parameter pattern: The pattern, without NUL.
    /// - Throws: ``Malformed`` if it is not a regular expression.
    package init(_ pattern: String) throws(Malformed) {
        guard pattern.utf8.count <= Self.limit else {
            throw Malformed(reason: "longer than \(Self.limit) bytes")
        }
        guard Self.repetitions(in: pattern) <= Self.limit else {
            throw Malformed(reason: "more than \(Self.limit) repetitions")
        }
        let compiled = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
        compiled.initialize(to: regex_t())
        let code = Self.withLocale { regcomp(compiled, pattern, REG_EXTENDED | REG_NOSUB) }
        guard code == 0 else {
            let words = Self.words(for: code, compiled)
            compiled.deallocate()
            throw Malformed(reason: words)
        }
        self.compiled = compiled
    }

    deinit {
        regfree(compiled)
        compiled.deallocate()
    }

    /// Returns whether a line has a part that matches.
    ///
    /// - Parameter line: The bytes of the line, without its end; those behind ``longestLine`` do not count.
    /// - Returns: Whether it has.
    package func matches(_ line: some Sequence<UInt8>) -> Bool {
        // C's text ends with a NUL; one within the line is another control character, so that what follows it counts.
        var text = line.prefix(Self.longestLine).map { $0 == 0 ? 1 : CChar(bitPattern: $0) }
        text.append(0)
        return Self.withLocale { regexec(compiled, text, 0, nil, 0) } == 0
    }

    /// Calls a function of the C library in the locale, which is that of this thread alone.
    private static func withLocale(_ call: () -> Int32) -> Int32 {
        let previous = uselocale(locale)
        defer { uselocale(previous) }
        return call()
    }

    /// The product of all numbers in braces: `(a{10}){20}` is two hundred times `a`.
    private static func repetitions(in pattern: String) -> Int {
        var product = 1
        for part in pattern.utf8.split(separator: UInt8(ascii: "{")).dropFirst() {
            let numbers = part.prefix { $0 != UInt8(ascii: "}") }.split(separator: UInt8(ascii: ","))
            let counts = numbers.compactMap { Int(String(Substring($0))) }
            // Both factors are small, so that the product is, too.
            product = min(product, limit + 1) * max(1, min(counts.max() ?? 1, limit + 1))
        }
        return product
    }

    private static func words(for code: Int32, _ compiled: UnsafePointer<regex_t>) -> String {
        var words = [CChar](repeating: 0, count: 100)
        _ = regerror(code, compiled, &words, words.count)
        return String(decoding: words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
