/// Splits the input of a listener into messages: append bytes as they arrive, then ask for the next message.
///
/// ```
/// ver:3.0 server:supervisor serial:21 pool:listener poolserial:10 eventname:PROCESS_STATE_FATAL len:54⏎
/// processname:web groupname:web from_state:BACKOFF          ◀── len characters; no newline follows
/// ```
///
/// `len` counts Unicode scalars, not bytes as supervisord's documentation says (Supervisor issue 1243).
struct MessageParser {
    /// No header is longer; supervisord's own are some 150 bytes long.
    static let longestHeader = 64 * 1024
    /// No payload is longer: output comes in pieces of at most 128 KiB.
    static let longestPayload = 256 * 1024 * 1024

    /// How much of a stray line is quoted.
    private static let longestQuote = 200

    /// Lines that were skipped because they are not headers.
    private var strayLines: [String] = []

    /// Holds the input from ``start`` to ``end``; the other bytes have no meaning.
    private var buffer: [UInt8] = []
    /// The index of the first byte that is not yet part of a message.
    private var start = 0
    /// The index after the last byte of input.
    private var end = 0
    private var pending: PendingPayload?
    /// The parts of the last header that the next ones probably have in common with it.
    private var template: HeaderTemplate?

    /// Whether the input ends within a message.
    var isMidMessage: Bool {
        pending != nil || start < end
    }

    /// Adds input.
    mutating func append(_ bytes: some Collection<UInt8>) {
        _ = append(upTo: bytes.count) { room in
            room.copyBytes(from: bytes)
            return bytes.count
        }
    }

    /// Adds input that a function writes into the buffer.
    ///
    /// - Parameters:
    ///   - count: How many bytes it writes at most.
    ///   - fill: Writes them, and returns how many there are.
    /// - Returns: How many there are.
    /// - Throws: What the function throws.
    mutating func append<Failure: Error>(
        upTo count: Int,
        _ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        makeRoom(for: count)
        let range = end..<(end + count)
        let outcome = buffer.withUnsafeMutableBytes { buffer in
            Result { () throws(Failure) in try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[range])) }
        }
        let added = min(try outcome.get(), count)
        end += added
        return added
    }

    /// Moves the input to the beginning of the buffer if that is cheap, and enlarges the buffer if necessary.
    private mutating func makeRoom(for count: Int) {
        if start == end {
            move(by: -start)
        } else if start >= (end - start), end + count > buffer.count {
            buffer.replaceSubrange(0..<(end - start), with: Array(buffer[start..<end]))
            move(by: -start)
        }
        if end + count > buffer.count {
            let size = max(end + count, buffer.count * 2)
            let input = buffer[..<end]
            // The rest is left uninitialized: pages that are never written take no memory.
            buffer = Array(unsafeUninitializedCapacity: size) { room, initializedCount in
                UnsafeMutableRawBufferPointer(room).copyBytes(from: input)
                initializedCount = size
            }
        }
    }

    private mutating func move(by distance: Int) {
        start += distance
        end += distance
        pending?.move(by: distance)
    }

    /// Returns the next complete message.
    ///
    /// Its payload is a slice of the buffer: if it is kept until more input is added, the buffer is copied.
    ///
    /// - Parameter time: When the input was received.
    /// - Returns: The message; `nil` if more input is needed.
    /// - Throws: ``MessageError`` if the beginning of the next message cannot be found.
    mutating func next(receivedAt time: Timestamp) throws(MessageError) -> Message? {
        while true {
            if let payload = pending.take() {
                return complete(payload)
            }
            if let (header, length, next) = template?.read(
                buffer.span.extracting(0..<end),
                from: start,
                receivedAt: time
            ) {
                start = next
                return complete(PendingPayload(header: header, scalars: length, start: start))
            }
            let endOfLine = buffer.span.extracting(0..<end).firstIndex(of: UInt8(ascii: "\n"), from: start)
            guard endOfLine < end else {
                guard end - start <= Self.longestHeader else {
                    throw .endlessHeader(bytes: end - start)
                }
                return nil
            }
            let line = buffer[start..<endOfLine]
            start = endOfLine + 1
            if let header = try HeaderLine(line, receivedAt: time) {
                template = header.template
                return complete(PendingPayload(header: header.event, scalars: header.length, start: start))
            } else {
                strayLines.append(String(decoding: line.prefix(Self.longestQuote), as: UTF8.self))
            }
        }
    }

    /// Removes and returns the lines that were skipped because they are not headers.
    mutating func popStrayLines() -> [String] {
        guard !strayLines.isEmpty else {
            return []
        }
        defer { strayLines = [] }
        return strayLines
    }

    /// Returns the message with a payload; `nil` if more input is needed for it.
    private mutating func complete(_ payload: consuming PendingPayload) -> Message? {
        guard let next = payload.end(in: buffer.span.extracting(0..<end)) else {
            pending = payload
            return nil
        }
        defer { start = next }
        return Message(header: payload.header, payload: buffer[start..<next])
    }
}
