/// supervisord's side of the protocol: what it makes of the bytes that a listener writes.
///
/// The rules, and their gaps, are those of `PEventListenerDispatcher`.
struct ListenerDialogue: Sendable {
    /// What a listener's bytes have led to, as far as the event that it was given is concerned.
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

    /// Takes what the listener has written.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [Verdict] {
        buffer += bytes
        var verdicts: [Verdict] = []
        while !buffer.isEmpty, let step = step() {
            verdicts += step
        }
        return verdicts
    }

    /// Goes one step; `nil` where more bytes are needed for that.
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
            return resultLength.map { takeResult(length: $0) } ?? takeResultLine()
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

    private mutating func takeResultLine() -> [Verdict]? {
        guard let end = buffer.firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        // The first seven bytes are dropped unseen; Python's int() allows white space around a number.
        let digits = buffer[..<end].dropFirst(7)
        buffer.removeSubrange(...end)
        let word = String(decoding: digits, as: UTF8.self).split { $0.isWhitespace }
        guard word.count == 1, let length = Int(word[0]), length >= 0 else {
            return becomeUnknown()
        }
        resultLength = length
        return []
    }

    private mutating func takeResult(length: Int) -> [Verdict]? {
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
