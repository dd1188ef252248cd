import ListenerKit

/// Patterns as `files=` of an `[include]` takes them, where white space separates them and `%` begins an expansion.
enum IncludePattern {
    /// A pattern that matches one path: nothing in it stands for something else.
    static func matching(_ path: String) -> String {
        written(globPattern(matching: path))
    }

    /// A pattern of a file's own `[include]`, for another file to include.
    ///
    /// - Parameters:
    ///   - pattern: The pattern, expanded.
    ///   - directory: The directory that it starts from where it is relative; supervisord takes it for a pattern as well.
    /// - Returns: The pattern as `files=` takes it.
    static func absolute(_ pattern: String, from directory: String) -> String {
        written(PathText.joined(directory, pattern))
    }

    /// A pattern of the shell that matches one path.
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

    /// A pattern with all that separates patterns, or is expanded in them, escaped.
    ///
    /// There is no way to write white space in such a list, so a class of characters stands for it, to which nothing else
    /// belongs that one would use in the names of files.
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
