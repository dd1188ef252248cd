import ListenerKit

/// How a line of the log reads.
enum LogFormat: String, CaseIterable, OptionValue {
    /// For people: `2026-11-21T05:30:00.123Z web:web_0 RUNNING → EXITED unexpected status=1 pid=4711 after 3.2s`.
    case text
    /// One JSON object a line.
    case json
    /// One line of `key=value` pairs, as logfmt has them.
    case logfmt
}
