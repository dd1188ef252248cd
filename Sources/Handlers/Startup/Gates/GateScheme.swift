/// The first word of a gate.
enum GateScheme: String, CaseIterable {
    case tcp, unix, http, file, exec, log, message, notify

    /// How a gate of this kind is written.
    var form: String {
        switch self {
        case .tcp: "tcp://host:port"
        case .unix: "unix:///path"
        case .http: "http://host:port/path"
        case .file: "file:///path"
        case .exec: "exec:command"
        case .log: "log:pattern"
        case .message: "message:text"
        case .notify: "notify"
        }
    }

    /// All forms, as a list in a sentence.
    static var forms: String { allCases.map { $0.form }.joined(separator: ", ") }
}
