import ListenerKit

// The values of a line, as formats for machines have them.
extension [UInt8] {
    /// Appends text within quotation marks.
    mutating func append(quoted text: String) {
        append(UInt8(ascii: "\""))
        append(escaping: text, quoting: true)
        append(UInt8(ascii: "\""))
    }

    /// Appends bytes within quotation marks.
    mutating func append(quoted bytes: ArraySlice<UInt8>) {
        append(UInt8(ascii: "\""))
        bytes.withUnsafeBufferPointer { append(escaping: $0, quoting: true) }
        append(UInt8(ascii: "\""))
    }

    /// Appends text, within quotation marks if logfmt needs them.
    mutating func append(logfmt text: String) {
        if text.isEmpty || text.unicodeScalars.contains(where: { $0.mustBeQuoted }) {
            append(quoted: text)
        } else {
            append(text: text)
        }
    }

    /// Appends bytes, within quotation marks if they are more than a plain word.
    mutating func append(logfmt bytes: ArraySlice<UInt8>) {
        let isPlain = bytes.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "=")
                && byte != UInt8(ascii: "\\")
        }
        if isPlain, !bytes.isEmpty {
            append(contentsOf: bytes)
        } else {
            append(quoted: bytes)
        }
    }

    /// Appends a value that has no quotation marks.
    mutating func append(unquoted value: LogRecord.Value) {
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

    /// Appends the name of a process as its description has it.
    mutating func append(_ process: ProcessName) {
        append(escaping: process.group)
        if process.group != process.process {
            append(UInt8(ascii: ":"))
            append(escaping: process.process)
        }
    }
}

extension Unicode.Scalar {
    /// Whether logfmt has to quote a value with this character in it.
    fileprivate var mustBeQuoted: Bool {
        mustBeEscaped || self == " " || self == "\"" || self == "=" || self == "\\" || self == "\u{A0}"
    }
}
