import ListenerKit

/// Writes lines of output in one format; what the lines of one event have in common is put together once.
struct OutputFormatter {
    private let format: LogFormat
    private let host: String
    private let nestsObjects: Bool
    private var decoration: NameDecoration?
    private var clock = LogClock()
    /// Where events come from; empty before the first one.
    private var server = ""
    private var pool = ""
    /// What lines begin with.
    private var beginning: [UInt8] = []

    /// Begins without any line.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - json: How JSON objects are written in a log of that format.
    ///   - decoration: Makes names easy to tell apart, on a terminal.
    init(_ format: LogFormat, _ json: OutputJSON = .text, _ decoration: NameDecoration? = nil) {
        self.format = format
        host = format == .text ? "" : currentHostName()
        nestsObjects = json == .nest
        self.decoration = decoration
    }

    /// Learns where events come from.
    mutating func learn(from header: EventHeader) {
        if server.isEmpty, pool.isEmpty {
            (server, pool) = (header.server, header.pool)
        }
    }

    /// Begins the lines of a source, up to the line itself.
    mutating func begin(_ source: OutputSource) {
        beginning.removeAll(keepingCapacity: true)
        switch format {
        case .text:
            clock.append(source.time, to: &beginning)
            beginning.append(UInt8(ascii: " "))
            let separator: StaticString = source.channel == .stdout ? " |" : " !"
            if decoration != nil {
                decoration?.append(source.process, separator, to: &beginning)
            } else {
                beginning.append(source.process)
                beginning.append(separator)
            }
            beginning.append(UInt8(ascii: " "))
        case .json: beginJSON(source)
        case .logfmt: beginLogfmt(source)
        }
    }

    private mutating func beginJSON(_ source: OutputSource) {
        beginning.append(#"{"time":""#)
        clock.append(source.time, to: &beginning)
        beginning.append(#"","level":"info","event":"#)
        beginning.append(quoted: source.event)
        func append(_ key: StaticString, _ value: String) {
            if !value.isEmpty {
                beginning.append(key)
                beginning.append(quoted: value)
            }
        }
        append(#","server":"#, server)
        append(#","pool":"#, pool)
        beginning.append(#","process":"#)
        beginning.append(quoted: source.process.process)
        beginning.append(#","group":"#)
        beginning.append(quoted: source.process.group)
        beginning.append(#","pid":"#)
        beginning.append(decimal: source.pid)
        append(#","channel":"#, source.channel.rawValue)
        append(#","host":"#, host)
        beginning.append(#","message":"#)
    }

    private mutating func beginLogfmt(_ source: OutputSource) {
        beginning.append("time=")
        clock.append(source.time, to: &beginning)
        beginning.append(" level=info event=")
        beginning.append(logfmt: source.event)
        func append(_ key: StaticString, _ value: String) {
            if !value.isEmpty {
                beginning.append(key)
                beginning.append(logfmt: value)
            }
        }
        append(" server=", server)
        append(" pool=", pool)
        beginning.append(" process=")
        beginning.append(logfmt: source.process.process)
        beginning.append(" group=")
        beginning.append(logfmt: source.process.group)
        beginning.append(" pid=")
        beginning.append(decimal: source.pid)
        append(" channel=", source.channel.rawValue)
        append(" host=", host)
        beginning.append(" message=")
    }

    /// Appends a line of the source that was begun last, with its newline.
    func append(_ line: OutputLine, to lines: inout [UInt8]) {
        lines.append(contentsOf: beginning)
        switch format {
        case .text:
            line.bytes.withUnsafeBufferPointer { lines.append(escaping: $0) }
            if line.isContinued {
                lines.append("…")
            }
        case .json:
            lines.append(quoted: line.bytes)
            if line.isContinued {
                lines.append(#","continued":true"#)
            } else if nestsObjects, !line.isContinuation, JSONCheck.isObject(line.bytes) {
                lines.append(#","fields":"#)
                lines.append(object: line.bytes)
            }
            lines.append(UInt8(ascii: "}"))
        case .logfmt:
            lines.append(logfmt: line.bytes)
            if line.isContinued {
                lines.append(" continued=true")
            }
        }
        lines.append(UInt8(ascii: "\n"))
    }
}

extension [UInt8] {
    /// Appends a valid JSON object as one line; characters that deceive are escaped in its strings.
    fileprivate mutating func append(object: ArraySlice<UInt8>) {
        // White space between its parts: within a string, these characters would not be valid.
        let flat = object.map { $0 < 0x20 ? 0x20 : $0 }
        flat.withUnsafeBufferPointer { append(escaping: $0) }
    }
}
