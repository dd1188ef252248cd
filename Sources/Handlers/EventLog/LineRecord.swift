import ListenerKit

/// The fields of a line of the log in a format for machines.
protocol LineRecord {
    /// When it happened.
    var time: Timestamp { get }

    /// Calls a function with each key and its value, in the order in which they are written, without those that are not known.
    func forEachField(_ body: (StaticString, LogRecord.Value) -> Void)
}

extension LineRecord {
    /// Appends the record as a JSON object, without a newline.
    func appendJSON(to line: inout [UInt8], _ clock: inout LogClock) {
        line.append(#"{"time":""#)
        clock.append(time, to: &line)
        line.append(UInt8(ascii: "\""))
        forEachField { key, value in
            line.append(",\"")
            line.append(key)
            line.append("\":")
            switch value {
            case .text(let text): line.append(quoted: text)
            default: line.append(unquoted: value)
            }
        }
        line.append(UInt8(ascii: "}"))
    }

    /// Appends the record as `key=value` pairs, without a newline; a value is quoted if it has to be.
    func appendLogfmt(to line: inout [UInt8], _ clock: inout LogClock) {
        line.append("time=")
        clock.append(time, to: &line)
        forEachField { key, value in
            line.append(" ")
            line.append(key)
            line.append("=")
            switch value {
            case .text(let text) where text.isEmpty || text.unicodeScalars.contains(where: { $0.mustBeQuoted }):
                line.append(quoted: text)
            case .text(let text): line.append(text: text)
            default: line.append(unquoted: value)
            }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        append(escaping: text, quoting: true)
        append(UInt8(ascii: "\""))
    }

    fileprivate mutating func append(unquoted value: LogRecord.Value) {
        switch value {
        case .text(let text): append(escaping: text)
        case .integer(let number): append(decimal: number)
        case .boolean(let truth): append(truth ? "true" : "false")
        case .seconds(let seconds):
            let milliseconds = Int((Swift.max(0, Swift.min(seconds, 1e12)) * 1000).rounded())
            append(decimal: milliseconds / 1000)
            append(".")
            append(decimal: milliseconds % 1000, digits: 3)
        }
    }
}

extension Unicode.Scalar {
    /// Whether logfmt has to quote a value with this character in it.
    fileprivate var mustBeQuoted: Bool {
        mustBeEscaped || self == " " || self == "\"" || self == "=" || self == "\\" || self == "\u{A0}"
    }
}
