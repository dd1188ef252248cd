import ListenerKit

/// The formats in which `status` shows processes.
enum StatusFormat: String, CaseIterable, OptionValue {
    /// One line for each process.
    case text
    /// A JSON object.
    case json
}
