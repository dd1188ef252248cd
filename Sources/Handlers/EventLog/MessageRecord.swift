import ListenerKit

/// One of the program's own messages, as a line of the log.
struct MessageRecord: LineRecord {
    let time: Timestamp
    let level: LogLevel
    let message: String

    func forEachField(_ body: (StaticString, LogRecord.Value) -> Void) {
        body("event", .text("LISTENERD"))
    }

    func appendMessage(to line: inout [UInt8]) -> Bool {
        line.append(text: message)
        return true
    }
}
