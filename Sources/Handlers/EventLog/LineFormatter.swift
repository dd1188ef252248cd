import ListenerKit

/// Writes records as lines of one format.
struct LineFormatter {
    private let format: LogFormat
    /// The host name of this machine or container; empty if it has none, or lines do not tell it.
    private let host: String
    private var clock = LogClock()
    /// The message that is being written; its memory is used for the next one.
    private var message: [UInt8] = []

    /// Begins without any line.
    init(_ format: LogFormat) {
        self.format = format
        host = format == .text ? "" : currentHostName()
    }

    /// Appends a record as a line, with its newline.
    mutating func append(_ record: some LineRecord, to line: inout [UInt8]) {
        switch format {
        case .text: appendText(record, to: &line)
        case .json: appendJSON(record, to: &line)
        case .logfmt: appendLogfmt(record, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
    }

    private mutating func appendText(_ record: some LineRecord, to line: inout [UInt8]) {
        clock.append(record.time, to: &line)
        line.append(UInt8(ascii: " "))
        _ = record.appendMessage(to: &line)
    }

    private mutating func appendJSON(_ record: some LineRecord, to line: inout [UInt8]) {
        line.append(#"{"time":""#)
        clock.append(record.time, to: &line)
        line.append(#"","level":""#)
        line.append(text: record.level.rawValue)
        line.append(UInt8(ascii: "\""))
        func append(_ key: StaticString, _ value: LogRecord.Value) {
            line.append(",\"")
            line.append(key)
            line.append("\":")
            switch value {
            case .text(let text): line.append(quoted: text)
            default: line.append(unquoted: value)
            }
        }
        record.forEachField(append)
        if !host.isEmpty {
            append("host", .text(host))
        }
        message.removeAll(keepingCapacity: true)
        if record.appendMessage(to: &message) {
            line.append(#","message":"#)
            line.append(quoted: message[...])
        }
        let details = record.details
        if !details.isEmpty {
            line.append(#","details":"#)
            line.append(contentsOf: details)
        }
        line.append(UInt8(ascii: "}"))
    }

    /// A value is quoted if it has to be.
    private mutating func appendLogfmt(_ record: some LineRecord, to line: inout [UInt8]) {
        line.append("time=")
        clock.append(record.time, to: &line)
        line.append(" level=")
        line.append(text: record.level.rawValue)
        func append(_ key: StaticString, _ value: LogRecord.Value) {
            line.append(" ")
            line.append(key)
            line.append("=")
            switch value {
            case .text(let text): line.append(logfmt: text)
            default: line.append(unquoted: value)
            }
        }
        record.forEachField(append)
        if !host.isEmpty {
            append("host", .text(host))
        }
        message.removeAll(keepingCapacity: true)
        if record.appendMessage(to: &message) {
            line.append(" message=")
            line.append(logfmt: message[...])
        }
        let details = record.details
        if !details.isEmpty {
            line.append(" details=")
            line.append(logfmt: details[...])
        }
    }
}
