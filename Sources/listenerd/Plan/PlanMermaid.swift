import ListenerKit

/// An order as a flowchart for Mermaid.
struct PlanMermaid {
    private let drawing: PlanDrawing

    init(_ drawing: PlanDrawing) {
        self.drawing = drawing
    }

    /// The flowchart, as text.
    var text: [UInt8] {
        var bytes: [UInt8] = []
        if let title = drawing.title {
            bytes.append(contentsOf: "---\ntitle: \"\(escaped(title))\"\n---\n".utf8)
        }
        bytes.append(contentsOf: "flowchart LR\n".utf8)
        for (index, node) in drawing.nodes.enumerated() {
            let (opening, closing) = brackets(of: node)
            let emphasis = node.isEmphasized ? ":::longest" : ""
            // A name could be a keyword of Mermaid, so indices identify the nodes.
            bytes.append(contentsOf: "    n\(index)\(opening)\"\(escaped(node.label))\"\(closing)\(emphasis)\n".utf8)
        }
        for edge in drawing.edges {
            bytes.append(contentsOf: "    n\(edge.from) \(arrow(edge)) n\(edge.to)\n".utf8)
        }
        if drawing.nodes.contains(where: { $0.isEmphasized }) {
            bytes.append(contentsOf: "    classDef longest stroke-width:4px\n".utf8)
        }
        return bytes
    }

    private func brackets(of node: PlanDrawing.Node) -> (opening: String, closing: String) {
        switch node.kind {
        case .program: ("[", "]")
        case .neverStarted: ("{{", "}}")
        case .group, .listener: ("([", "])")
        case .join: ("((", "))")
        }
    }

    private func arrow(_ edge: PlanDrawing.Edge) -> String {
        switch edge.kind {
        case .dependency(let label, isOptional: true): "-.->|\"\(escaped(label)), optional\"|"
        case .dependency(let label, isOptional: false): "-->|\"\(escaped(label))\"|"
        case .membership: "---"
        case .order: "-->"
        }
    }

    /// Escapes what Mermaid would read as HTML or Markdown, as `#` and the number of the character.
    private func escaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: text)
        var result = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"", "#", "&", "<", ">", "`", "\\", ";": result += "#\(scalar.value);"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
