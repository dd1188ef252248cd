import ListenerKit

/// Writes SVG, piece by piece.
struct SVGText {
    /// The value of an attribute.
    enum Value: ExpressibleByStringLiteral, ExpressibleByFloatLiteral {
        case number(Double)
        case text(String)

        init(stringLiteral text: String) {
            self = .text(text)
        }

        init(floatLiteral number: Double) {
            self = .number(number)
        }
    }

    /// The text written so far.
    private(set) var bytes: [UInt8] = []

    /// Writes an element.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - attributes: Its attributes, in this order.
    ///   - content: Writes what is in it.
    mutating func element(
        _ name: String,
        _ attributes: KeyValuePairs<String, Value> = [:],
        _ content: ((inout SVGText) -> Void)? = nil
    ) {
        bytes.append(text: "<\(name)")
        for (key, value) in attributes {
            bytes.append(text: " \(key)=\"")
            switch value {
            case .number(let number): bytes.append(coordinate: number)
            case .text(let text): write(text)
            }
            bytes.append("\"")
        }
        guard let content else {
            return bytes.append("/>")
        }
        bytes.append(">")
        content(&self)
        bytes.append(text: "</\(name)>")
    }

    /// Writes text, with what would be markup escaped.
    ///
    /// - Parameter text: The text; its control characters have been escaped for display.
    mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes.append("&amp;")
            case "<": bytes.append("&lt;")
            case ">": bytes.append("&gt;")
            case "\"": bytes.append("&quot;")
            case "\n": bytes.append("\n")
            // XML knows no way to write these (https://www.w3.org/TR/xml/#charsets).
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": bytes.append("\u{FFFD}")
            default: bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
    }

    /// Starts a new line.
    mutating func newLine() {
        bytes.append("\n")
    }
}

extension [UInt8] {
    /// Appends a coordinate, to a tenth.
    mutating func append(coordinate number: Double) {
        let tenths = Int((number * 10).rounded())
        if tenths < 0 {
            append("-")
        }
        append(decimal: Int(tenths.magnitude / 10))
        if tenths % 10 != 0 {
            append(".")
            append(decimal: Int(tenths.magnitude % 10))
        }
    }
}
