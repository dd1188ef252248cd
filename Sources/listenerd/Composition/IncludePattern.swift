import ListenerKit

/// Patterns for `files=` of an `[include]`, in which white space separates patterns and `%` begins an expansion.
enum IncludePattern {
    /// Returns a pattern that matches one path literally.
    static func matching(_ path: String) -> String {
        written(globPattern(matching: path))
    }

    /// Returns a pattern of a file's `[include]` in the form that another file needs to include the same files.
    ///
    /// - Parameters:
    ///   - pattern: The expanded pattern.
    ///   - directory: The directory that a relative pattern starts from; supervisord treats it as a pattern too.
    /// - Returns: The pattern for `files=`.
    static func absolute(_ pattern: String, from directory: String) -> String {
        written(PathText.joined(directory, pattern))
    }

    /// Returns a shell pattern that matches one path literally.
    static func globPattern(matching path: String) -> String {
        var result: [UInt8] = []
        for byte in path.utf8 {
            if byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "[") {
                result += [UInt8(ascii: "["), byte, UInt8(ascii: "]")]
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Returns a pattern in which white space and percent signs are escaped.
    ///
    /// White space cannot be written in such a list, so it is replaced by a character class that matches no other character that
    /// is usual in file names.
    private static func written(_ pattern: String) -> String {
        let bytes = Array(pattern.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let length = PythonWhitespace.length(at: index, before: bytes.count, in: bytes)
            if length > 0 {
                result += Array("[!!-~]".utf8)
            } else {
                result += Array(repeating: bytes[index], count: bytes[index] == UInt8(ascii: "%") ? 2 : 1)
            }
            index += max(length, 1)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
