import ListenerKit

extension String {
    /// Returns the width of the text in the widest of the fonts that systems use for their own texts.
    func width(size: Double) -> Double {
        unicodeScalars.reduce(0) { $0 + $1.relativeWidth } * size
    }

    /// Returns the text, without its middle if it is too wide: names are told apart by their ends.
    ///
    /// - Parameters:
    ///   - width: How wide it may be.
    ///   - size: The size of the font.
    /// - Returns: The text, or its beginning, `…`, and its end.
    func elided(to width: Double, size: Double) -> String {
        guard self.width(size: size) > width else {
            return self
        }
        var rest = self[...]
        var start = ""
        var end = ""
        var used = "…".width(size: size)
        while let character = start.utf8.count > end.utf8.count ? rest.popLast() : rest.popFirst() {
            used += String(character).width(size: size)
            guard used <= width else {
                break
            }
            if start.utf8.count > end.utf8.count {
                end = String(character) + end
            } else {
                start.append(character)
            }
        }
        return "\(start)…\(end)"
    }

    /// The text with its control characters escaped, as in all of listenerd's output.
    var escapedForDisplay: String {
        var bytes: [UInt8] = []
        bytes.append(escaping: self)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// The width in units of the font's size, rather too large than too small.
    fileprivate var relativeWidth: Double {
        switch self {
        case "i", "j", "l", "'": 0.3
        case " ", ".", ",", ":", ";", "|", "!", "I": 0.37
        case "f", "r", "t", "(", ")", "[", "]", "{", "}", "/", "\\", "-", "·", "\"": 0.46
        case "c", "k", "s", "v", "x", "y", "z": 0.59
        case "m", "w", "M", "W", "@", "%", "…", "→", "↻": 1
        case "A"..."Z", "_", "+", "<", ">", "=", "~", "×": 0.78
        case "\u{20}"..."\u{7E}": 0.64
        // Those that combine with the character before them have no width; a little is counted, so that a text is never endless.
        case "\u{300}"..."\u{36F}", "\u{200B}"..."\u{200D}", "\u{FE00}"..."\u{FE0F}": 0.05
        case "\u{0}"..."\u{10FF}": 0.8
        case "\u{1F000}"...: 1.4
        default: 1.05
        }
    }
}
