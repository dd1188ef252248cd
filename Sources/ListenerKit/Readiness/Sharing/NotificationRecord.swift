/// A notification in the form in which `supervise` passes it on to listeners: a line with the senders, a line for each assignment,
/// and an empty line.
///
/// ```
/// from 4711 4700
/// READY=1
///
/// ```
enum NotificationRecord {
    /// The word before the pids of the senders.
    static let word = "from"

    /// Returns the form of a notification.
    static func encode(_ notification: ReceivedNotification) -> [UInt8] {
        var bytes = Array(word.utf8)
        for sender in notification.senders {
            bytes += " \(sender)".utf8
        }
        bytes.append(newline)
        for assignment in notification.assignments {
            bytes += assignment.name.utf8
            bytes.append(equals)
            bytes += assignment.value.utf8
            bytes.append(newline)
        }
        bytes.append(newline)
        return bytes
    }

    /// Parses a record without the empty line; nil results if it is malformed.
    static func decode(_ bytes: ArraySlice<UInt8>) -> ReceivedNotification? {
        let lines = bytes.split(separator: newline)
        let words = lines.first?.split(separator: UInt8(ascii: " ")) ?? []
        guard let first = words.first, first.elementsEqual(word.utf8) else {
            return nil
        }
        let senders = words.dropFirst().compactMap { Int(decimal: $0) }
        let assignments = lines.dropFirst().compactMap { line in
            line.firstIndex(of: equals).map { index in
                ReceivedNotification.Assignment(
                    String(decoding: line[..<index], as: UTF8.self),
                    String(decoding: line[(index + 1)...], as: UTF8.self)
                )
            }
        }
        guard senders.count == words.count - 1, assignments.count == lines.count - 1 else {
            return nil
        }
        return ReceivedNotification(senders: senders, assignments: assignments)
    }
}

private let newline = UInt8(ascii: "\n")
private let equals = UInt8(ascii: "=")
