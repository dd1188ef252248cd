import ListenerKit

/// One of the program's own messages, as a line of the log.
struct MessageRecord: LineRecord {
    let time: Timestamp
    let level: Reporter.Level
    /// The host name of this machine or container; empty if it has none.
    let host: String
    let message: String

    func forEachField(_ body: (StaticString, LogRecord.Value) -> Void) {
        body("level", .text(level.rawValue))
        body("event", .text("LISTENERD"))
        if !host.isEmpty {
            body("host", .text(host))
        }
        body("message", .text(message))
    }
}
