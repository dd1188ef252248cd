/// Input from which there is no way on: where the next message begins cannot be known.
enum MessageError: Error, Equatable {
    /// A header that names an event but not the length of its payload.
    case noLength(header: String)
    /// A length that is not a whole number from 0 on, or is absurd.
    case badLength(String, header: String)
    /// That many bytes without the end of a line.
    case endlessHeader(bytes: Int)
    /// Input that ended, or stopped, in the midst of a message.
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
