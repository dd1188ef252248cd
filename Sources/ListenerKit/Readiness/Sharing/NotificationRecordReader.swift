/// Puts records together from the bytes of a connection.
struct NotificationRecordReader {
    /// A record is dropped that is longer: no notification makes one.
    private static let longest = 256 << 10

    private var bytes: [UInt8] = []

    /// Adds bytes that have come.
    ///
    /// - Parameter more: The bytes.
    /// - Returns: The notifications that are complete now, in their order; records that are malformed are skipped.
    mutating func append(_ more: ArraySlice<UInt8>) -> [ReceivedNotification] {
        // An end may be torn.
        var next = max(bytes.count - 1, 0)
        bytes += more
        var start = 0
        var notifications: [ReceivedNotification] = []
        while next + 1 < bytes.count {
            if bytes[next] == UInt8(ascii: "\n"), bytes[next + 1] == UInt8(ascii: "\n") {
                if let notification = NotificationRecord.decode(bytes[start..<next]) {
                    notifications.append(notification)
                }
                start = next + 2
                next = start
            } else {
                next += 1
            }
        }
        bytes.removeFirst(start)
        if bytes.count > Self.longest {
            bytes = []
        }
        return notifications
    }
}
