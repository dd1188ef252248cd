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

    /// Lines that were no headers and have been skipped, and not been reported.
    private var strayLines: [String] = []

    /// The input, from ``start`` to ``end``; what stands before and behind that means nothing.
    private var buffer: [UInt8] = []
    /// The index of the first byte that is not yet part of a message.
    private var start = 0
    /// The index after the last byte of input.
    private var end = 0
    private var pending: PendingPayload?
    /// What the last header had in common with those to come.
    private var familiar: FamiliarHeader?

    /// Whether a message has begun and is not yet whole.
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

    /// Adds input that a function writes where it is needed.
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

    /// Moves the input to the beginning of the buffer, and makes that larger if it has to be.
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
            // The rest is not touched before it is needed, so it takes no memory until then.
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

    /// Returns the next whole message.
    ///
    /// Its payload must be gone when more input is added, or all input is copied then.
    ///
    /// - Parameter time: When the input was received.
    /// - Returns: The message; `nil` if more input is needed.
    /// - Throws: ``MessageError`` if the input makes no sense any more.
    mutating func next(receivedAt time: Timestamp) throws(MessageError) -> Message? {
        while true {
            if pending != nil {
                return nextPayload()
            }
            if let (header, next) = familiar?.read(buffer.span.extracting(0..<end), from: start, receivedAt: time) {
                start = next
                pending = PendingPayload(header: header.event, scalars: header.length, start: start)
                continue
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
                familiar = header.likeness
                pending = PendingPayload(header: header.event, scalars: header.length, start: start)
            } else {
                strayLines.append(String(decoding: line.prefix(Self.longestQuote), as: UTF8.self))
            }
        }
    }

    /// Removes and returns the lines that were skipped because they were no headers.
    mutating func popStrayLines() -> [String] {
        guard !strayLines.isEmpty else {
            return []
        }
        defer { strayLines = [] }
        return strayLines
    }

    private mutating func nextPayload() -> Message? {
        guard var payload = pending else {
            return nil
        }
        guard let next = payload.end(in: buffer.span.extracting(0..<end)) else {
            pending = payload
            return nil
        }
        defer { start = next }
        pending = nil
        return Message(header: payload.header, payload: buffer[start..<next])
    }
}
