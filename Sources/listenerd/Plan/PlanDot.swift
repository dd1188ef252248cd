import ListenerKit

/// An order as a graph for Graphviz.
struct PlanDot {
    private let drawing: PlanDrawing

    init(_ drawing: PlanDrawing) {
        self.drawing = drawing
    }

    /// The graph, as text.
    var text: [UInt8] {
        var bytes = Array("digraph \(drawing.subject) {\n    rankdir=LR;\n    node [shape=box];\n".utf8)
        if let title = drawing.title {
            bytes.append(contentsOf: "    label=\(label(title));\n".utf8)
        }
        for node in drawing.nodes {
            bytes.append(contentsOf: "    \(id(node)) [\(attributes(of: node))];\n".utf8)
        }
        for edge in drawing.edges {
            let ends = "\(id(drawing.nodes[edge.from])) -> \(id(drawing.nodes[edge.to]))"
            bytes.append(contentsOf: "    \(ends)\(attributes(of: edge));\n".utf8)
        }
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }

    private func attributes(of node: PlanDrawing.Node) -> String {
        let shape =
            switch node.kind {
            case .program: ""
            case .neverStarted: ", color=red"
            case .group, .listener: ", shape=oval"
            case .join: ", shape=point"
            }
        return "label=\(label(node.label))\(shape)\(node.isEmphasized ? ", penwidth=3" : "")"
    }

    private func attributes(of edge: PlanDrawing.Edge) -> String {
        switch edge.kind {
        case .dependency(let text, isOptional: true): " [label=\(label(text + ", optional")), style=dashed]"
        case .dependency(let text, isOptional: false): " [label=\(label(text))]"
        case .membership: " [dir=none]"
        case .order: ""
        }
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
