import ListenerKit

/// How the order of starts is shown.
enum PlanFormat: String, CaseIterable, OptionValue {
    /// One line a program.
    case text
    /// A flowchart for Mermaid.
    case mermaid
    /// A graph for Graphviz.
    case dot
    /// An object for programs.
    case json
}
