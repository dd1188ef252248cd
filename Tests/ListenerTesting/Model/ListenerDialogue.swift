/// supervisord's side of the protocol: it reads the bytes that a listener writes.
///
/// The rules, and their gaps, are those of `PEventListenerDispatcher`.
struct ListenerDialogue: Sendable {
    /// The answer of a listener to the event that it was given.
    enum Verdict: Sendable {
        case accepted, rejected
    }

    private(set) var state = ListenerState.acknowledged
    private var buffer: [UInt8] = []
    private var resultLength: Int?
    private var result: [UInt8] = []

    /// The listener has been given an event.
    mutating func give() {
        state = .busy
    }

    /// Reads bytes that the listener has written.
    mutating func read(_ bytes: some Sequence<UInt8>) -> [Verdict] {
        buffer += bytes
        var verdicts: [Verdict] = []
        while !buffer.isEmpty, let step = step() {
            verdicts += step
        }
        return verdicts
    }

    /// Parses one step; nil if more bytes are needed for it.
    private mutating func step() -> [Verdict]? {
        switch state {
        case .acknowledged:
            let ready = Array("READY\n".utf8)
            guard buffer.count >= ready.count else {
                return nil
            }
            if buffer.starts(with: ready) {
                buffer.removeFirst(ready.count)
                state = .ready
                return []
            }
            return becomeUnknown()
        case .ready:
            return becomeUnknown()
        case .busy:
            return resultLength.map { readResult(length: $0) } ?? readResultLine()
        case .unknown:
            buffer.removeAll()
            return nil
        }
    }

    private mutating func becomeUnknown() -> [Verdict] {
        defer { resultLength = nil }
        let wasBusy = state == .busy
        state = .unknown
        buffer.removeAll()
        return wasBusy ? [.rejected] : []
    }

    private mutating func readResultLine() -> [Verdict]? {
        guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        // supervisord skips the first seven bytes unread; Python's int() allows white space around a number.
        let digits = buffer[..<end].dropFirst(7)
        buffer.removeSubrange(...end)
        let word = String(decoding: digits, as: UTF8.self).split { $0.isWhitespace }
        guard word.count == 1, let length = Int(word[0]), length >= 0 else {
            return becomeUnknown()
        }
        resultLength = length
        return []
    }

    private mutating func readResult(length: Int) -> [Verdict]? {
        let piece = buffer.prefix(length - result.count)
        result += piece
        buffer.removeFirst(piece.count)
        guard result.count == length else {
            return nil
        }
        defer { (result, resultLength) = ([], nil) }
        state = .acknowledged
        return [result.elementsEqual("OK".utf8) ? .accepted : .rejected]
    }
}
