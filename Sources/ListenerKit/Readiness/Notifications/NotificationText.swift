/// The text of a notification, as in sd_notify(3): lines of the form `NAME=VALUE`.
enum NotificationText {
    /// The largest number of bytes that is read; the rest of a longer text is ignored.
    static let longest = 4096

    /// Parses a text; nothing in it is an error.
    ///
    /// Lines that assign nothing are skipped, and so is one that is cut off because the text is too long. Invalid UTF-8 is
    /// repaired, and control characters are escaped, so that a value can be displayed.
    ///
    /// - Parameter text: The text.
    /// - Returns: The assignments, in their order.
    static func assignments(_ text: [UInt8]) -> [ReceivedNotification.Assignment] {
        let newline = UInt8(ascii: "\n")
        // Some senders include the NUL that ends a string in C.
        var rest = text.prefix(longest)
        while rest.last == 0 {
            rest.removeLast()
        }
        var lines = rest.split(separator: newline, omittingEmptySubsequences: false)
        if text.count > longest, text[longest] != newline {
            lines.removeLast()
        }
        return lines.compactMap { line in
            guard let equals = line.firstIndex(of: UInt8(ascii: "=")), equals > line.startIndex else {
                return nil
            }
            return ReceivedNotification.Assignment(escaped(line[..<equals]), escaped(line[(equals + 1)...]))
        }
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        var escaped: [UInt8] = []
        escaped.append(escaping: String(decoding: bytes, as: UTF8.self))
        return String(decoding: escaped, as: UTF8.self)
    }
}
