extension GateReport.GateStatus: CustomStringConvertible {
    /// The gate with what is known of it, if it has not passed: `tcp://db:5432 (connection refused, tried 12 times)`.
    package var description: String {
        "\(text) (\(remark))"
    }

    private var remark: String {
        switch attempts {
        case 0: lastAnswer ?? silence
        case 1: "\(lastAnswer ?? "no answer"), tried once"
        default: "\(lastAnswer ?? "no answer"), tried \(attempts) times"
        }
    }

    /// What is known of a gate as long as nothing is.
    private var silence: String {
        switch GateScheme(rawValue: text.prefix { $0 != ":" }.lowercased()) {
        case .log: "no such line yet"
        case .message: "not sent yet"
        case .notify: "no READY=1 yet"
        case .tcp, .unix, .http, .file, .exec, nil: "not tried yet"
        }
    }
}
