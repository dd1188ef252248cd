import ListenerKit

/// A line of `ready=` that begins like no gate.
struct UnknownGate {
    /// The line.
    let line: String
    /// What stands before its first colon.
    let word: String
    /// What stands after it.
    let rest: Substring

    /// Says what the line is not, and what was probably meant.
    var error: UnreadableGate {
        UnreadableGate(reason)
    }

    private var reason: String {
        if word[...].isWord("https") {
            return "https is not supported; probe a plain http:// port, or use exec:curl -fsS \(line)"
        }
        if word[...].isWord(GateScheme.notify.rawValue) {
            return "notify stands alone; its socket is NOTIFY_SOCKET in environment="
        }
        if let meant {
            return "not a gate; did you mean '\(meant)'?"
        }
        return "not a gate; gates are \(GateScheme.forms)"
    }

    private var meant: String? {
        if line.utf8.first == UInt8(ascii: "/") {
            return "\(GateScheme.file)://\(line)"
        }
        if UInt16(rest) != nil {
            return "\(GateScheme.tcp)://\(line)"
        }
        let near = Suggestion.nearest(to: word.lowercased(), among: GateScheme.allCases.map { $0.rawValue })
        return near.map { $0 == GateScheme.notify.rawValue ? $0 : $0 + line.dropFirst(word.count) }
    }
}
