import ListenerKit

/// The order of starts as a graph for Graphviz.
struct PlanDot {
    private let drawing: PlanDrawing

    init(_ drawing: PlanDrawing) {
        self.drawing = drawing
    }

    /// The graph, as text.
    var text: [UInt8] {
        var bytes = Array("digraph startup {\n    rankdir=LR;\n    node [shape=box];\n".utf8)
        for node in drawing.nodes {
            let attributes =
                switch node.kind {
                case .program: ""
                case .neverStarted: ", color=red"
                case .group: ", shape=oval"
                }
            bytes.append(contentsOf: "    \(id(node)) [label=\(label(node.label))\(attributes)];\n".utf8)
        }
        for edge in drawing.edges {
            let attributes =
                edge.label.map {
                    edge.isOptional ? "label=\(label($0 + ", optional")), style=dashed" : "label=\(label($0))"
                } ?? "dir=none"
            let ends = "\(id(drawing.nodes[edge.from])) -> \(id(drawing.nodes[edge.to]))"
            bytes.append(contentsOf: "    \(ends) [\(attributes)];\n".utf8)
        }
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }

    private func id(_ node: PlanDrawing.Node) -> String {
        quoted(node.name)
    }

    /// Escapes a label, in which Graphviz reads HTML entities.
    private func label(_ text: String) -> String {
        quoted(text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;"))
    }

    private func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: text)
        let escaped = String(decoding: bytes, as: UTF8.self).unicodeScalars.map { scalar in
            scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
        }
        return "\"\(escaped.joined())\""
    }
}
