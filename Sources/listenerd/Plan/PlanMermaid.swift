import ListenerKit

/// The order of starts as a flowchart for Mermaid.
struct PlanMermaid {
    private let drawing: PlanDrawing

    init(_ drawing: PlanDrawing) {
        self.drawing = drawing
    }

    /// The whole text.
    var text: [UInt8] {
        var bytes = Array("flowchart LR\n".utf8)
        for (number, node) in drawing.nodes.enumerated() {
            let (opening, closing) =
                switch node.kind {
                case .program: ("[", "]")
                case .neverStarted: ("{{", "}}")
                case .group: ("([", "])")
                }
            // Names could be words of Mermaid's own language, so numbers stand for them.
            bytes.append(contentsOf: "    n\(number)\(opening)\"\(escaped(node.name))\"\(closing)\n".utf8)
        }
        for edge in drawing.edges {
            let arrow = edge.label == nil ? "---" : edge.isOptional ? "-.->" : "-->"
            let label = edge.label.map { "|\"\(escaped($0))\(edge.isOptional ? ", optional" : "")\"|" } ?? ""
            bytes.append(contentsOf: "    n\(edge.from) \(arrow)\(label) n\(edge.to)\n".utf8)
        }
        return bytes
    }

    /// Mermaid takes `#` and a number for the character of that number, and reads HTML and Markdown where it can.
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
