/// Malformed input after which the beginning of the next message cannot be found.
enum MessageError: Error, Equatable {
    /// A header has an event name, but no payload length.
    case noLength(header: String)
    /// A payload length is not an integer, negative, or larger than any real one.
    case badLength(String, header: String)
    /// So many bytes do not contain the end of a line.
    case endlessHeader(bytes: Int)
    /// Input ended, or paused for too long, within a message.
    case interrupted
}

extension MessageError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noLength(let header):
            "supervisord sent a header without 'len:': '\(header)'"
        case .badLength(let length, let header):
            "supervisord sent a header with the invalid length '\(length)': '\(header)'"
        case .endlessHeader(let bytes):
            "supervisord sent \(bytes) bytes without the end of a header"
        case .interrupted:
            "a message from supervisord was cut off"
        }
    }
}
