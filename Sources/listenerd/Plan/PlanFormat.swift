import ListenerKit

/// The formats in which `plan` shows an order.
enum PlanFormat: String, CaseIterable, OptionValue {
    /// One line for each program.
    case text
    /// A flowchart for Mermaid.
    case mermaid
    /// A DOT graph for Graphviz.
    case dot
    /// A JSON object.
    case json
}
