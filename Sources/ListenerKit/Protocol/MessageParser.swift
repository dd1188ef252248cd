/// Cuts what supervisord writes to a listener into messages: append bytes as they come, ask for the next message.
///
/// ```
/// ver:3.0 server:supervisor serial:21 pool:listener poolserial:10 eventname:PROCESS_STATE_FATAL len:54⏎
/// processname:web groupname:web from_state:BACKOFF          ◀── len characters; no newline follows
/// ```
///
/// `len` counts Unicode scalars, not bytes, whatever the documentation says (Supervisor issue 1243).
struct MessageParser {
    /// More than any header; supervisord's own are some 150 bytes long.
    static let longestHeader = 64 * 1024
    /// More than any payload that supervisord can mean: output comes in pieces of at most 128 KiB.
    static let longestPayload = 256 * 1024 * 1024

    /// As much of a stray line as is worth quoting.
    private static let longestQuote = 200

    /// Lines that were no headers and have been passed over, since somebody last asked.
    private(set) var strayLines: [String] = []

    private var buffer: [UInt8] = []
    /// The index of the first byte that is not yet part of a message.
    private var start = 0
    private var pending: PendingPayload?
    /// What the last header had in common with those to come.
    private var familiar: FamiliarHeader?

    /// Whether a message has begun and is not yet whole.
    var isMidMessage: Bool {
        pending != nil || start < buffer.count
    }

    /// Adds input.
    mutating func append(_ bytes: some Sequence<UInt8>) {
        if start > 0, start >= buffer.count / 2 {
            buffer.removeFirst(start)
            pending?.move(by: -start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole message.
    ///
    /// - Parameter time: When the input was received.
    /// - Returns: The message, or `nil` where more input is needed.
    /// - Throws: Where the input cannot be made sense of any more.
    mutating func next(receivedAt time: Timestamp) throws(MessageError) -> Message? {
        while true {
            if pending != nil {
                return takePayload()
            }
            if let (header, end) = familiar?.read(buffer.span, from: start, receivedAt: time) {
                start = end
                pending = PendingPayload(header: header.event, scalars: header.length, start: start)
                continue
            }
            let end = buffer.span.firstIndex(of: UInt8(ascii: "\n"), from: start)
            guard end < buffer.count else {
                guard buffer.count - start <= Self.longestHeader else {
                    throw .endlessHeader(bytes: buffer.count - start)
                }
                return nil
            }
            let line = buffer[start..<end]
            start = end + 1
            if let header = try HeaderLine(line, receivedAt: time) {
                familiar = header.likeness
                pending = PendingPayload(header: header.event, scalars: header.length, start: start)
            } else {
                strayLines.append(String(decoding: line.prefix(Self.longestQuote), as: UTF8.self))
            }
        }
    }

    /// Forgets the stray lines, because they have been reported.
    mutating func clearStrayLines() {
        strayLines.removeAll()
    }

    private mutating func takePayload() -> Message? {
        guard let end = pending?.end(in: buffer), let header = pending?.header else {
            return nil
        }
        defer { start = end }
        pending = nil
        return Message(header: header, payload: Array(buffer[start..<end]))
    }
}
