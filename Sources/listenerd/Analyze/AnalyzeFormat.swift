import ListenerKit

/// The formats in which `analyze` shows a startup.
enum AnalyzeFormat: String, CaseIterable, OptionValue {
    /// Lines for a terminal.
    case text
    /// A picture.
    case svg
}
