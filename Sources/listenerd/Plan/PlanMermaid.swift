import ListenerKit

/// The order of starts as a flowchart for Mermaid.
struct PlanMermaid {
    private let drawing: PlanDrawing

    init(_ drawing: PlanDrawing) {
        self.drawing = drawing
    }

    /// The flowchart, as text.
    var text: [UInt8] {
        var bytes = Array("flowchart LR\n".utf8)
        for (index, node) in drawing.nodes.enumerated() {
            let (opening, closing) =
                switch node.kind {
                case .program: ("[", "]")
                case .neverStarted: ("{{", "}}")
                case .group: ("([", "])")
                }
            // A name could be a keyword of Mermaid, so indices identify the nodes.
            bytes.append(contentsOf: "    n\(index)\(opening)\"\(escaped(node.label))\"\(closing)\n".utf8)
        }
        for edge in drawing.edges {
            let arrow = edge.label == nil ? "---" : edge.isOptional ? "-.->" : "-->"
            let label = edge.label.map { "|\"\(escaped($0))\(edge.isOptional ? ", optional" : "")\"|" } ?? ""
            bytes.append(contentsOf: "    n\(edge.from) \(arrow)\(label) n\(edge.to)\n".utf8)
        }
        return bytes
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
