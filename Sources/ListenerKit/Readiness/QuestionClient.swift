import Glibc
import Synchronization

/// A connection on which another process asks a question.
///
/// It is closed with this object. Nothing here waits.
final class QuestionClient: Sendable {
    /// What the other side has sent.
    enum Input {
        /// Nothing yet, or only a part of the question.
        case nothing
        /// The question.
        case question
        /// Something else.
        case unknown
        /// It has closed the connection.
        case end
    }

    private enum Phase {
        case reading([UInt8])
        case waiting
        /// The rest of the answer.
        case answering(ArraySlice<UInt8>)
    }

    private let socket: FileDescriptor
    private let phase = Mutex(Phase.reading([]))

    /// Takes ownership of a connection.
    init(_ socket: consuming FileDescriptor) {
        self.socket = socket
    }

    /// The descriptor to poll.
    var descriptor: Int32 { socket.rawValue }

    /// The process at the other end.
    var peer: PeerCredentials? { PeerCredentials(ofSocket: socket.rawValue) }

    /// Whether the question has come, and the answer has not been given.
    var waitsForAnswer: Bool {
        phase.withLock { phase in
            if case .waiting = phase { true } else { false }
        }
    }

    /// Reads what there is to read.
    func receive() -> Input {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = retryOnInterrupt { recv(socket.rawValue, &buffer, buffer.count, Int32(MSG_DONTWAIT)) }
        guard count > 0 else {
            return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? .nothing : .end
        }
        return phase.withLock { phase in
            // Nothing follows the question, until the other side has the answer.
            guard case .reading(let begin) = phase else {
                return .end
            }
            let received = begin + buffer[..<count]
            phase = .reading(received)
            guard received.contains(UInt8(ascii: "\n")) || received.count > buffer.count else {
                return .nothing
            }
            guard received == GateQuestion.request else {
                return .unknown
            }
            phase = .waiting
            return .question
        }
    }

    /// Sends a line that says why there is no answer.
    func refuse(_ reason: String) {
        beginAnswer(Array("\(GateQuestion.refusal)\(reason)\n".utf8))
        _ = sendAnswer()
    }

    /// Begins to send an answer.
    func beginAnswer(_ text: [UInt8]) {
        phase.withLock { $0 = .answering(text[...]) }
    }

    /// Sends as much of the answer as the other side has room for.
    ///
    /// - Returns: Whether that was all of it, or the other side has closed the connection.
    func sendAnswer() -> Bool {
        phase.withLock { phase in
            guard case .answering(var rest) = phase else {
                return true
            }
            defer { phase = .answering(rest) }
            while !rest.isEmpty {
                let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
                let count = rest.withUnsafeBytes { bytes in
                    retryOnInterrupt { send(socket.rawValue, bytes.baseAddress, bytes.count, flags) }
                }
                guard count >= 0 else {
                    return errno != EAGAIN && errno != EWOULDBLOCK
                }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
