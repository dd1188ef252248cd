/// Paths as text, by the rules of Python's `os.path`; nothing here looks at a disk.
package enum PathText {
    /// The path from the root: unchanged where it is absolute, else from a directory, without `.`, `..` and `//`.
    package static func absolute(_ path: String, from directory: String) -> String {
        normalized(joined(directory, path))
    }

    /// A path inside a directory, or the path itself where it is absolute.
    package static func joined(_ directory: String, _ path: String) -> String {
        if path.utf8.first == slash || directory.isEmpty {
            return path
        }
        return directory.utf8.last == slash ? directory + path : "\(directory)/\(path)"
    }

    /// What stands before the last slash: empty where there is none.
    package static func directory(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else {
            return ""
        }
        var head = path[...last]
        while head.utf8.last == slash, head.utf8.count > 1 {
            head = head.dropLast()
        }
        return String(head)
    }

    /// What stands after the last slash.
    package static func name(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else {
            return path
        }
        return String(path.utf8[path.utf8.index(after: last)...]) ?? path
    }

    /// A path whose leading `~` is the home directory.
    static func expandingHome(_ path: String, home: String?) -> String {
        guard let home, path == "~" || path.utf8.starts(with: "~/".utf8) else {
            return path
        }
        return home + path.dropFirst()
    }

    private static let slash = UInt8(ascii: "/")

    private static func normalized(_ path: String) -> String {
        let isAbsolute = path.utf8.first == slash
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if let last = parts.last, last != ".." {
                parts.removeLast()
            } else if !isAbsolute {
                parts.append(part)
            }
        }
        let rest = parts.joined(separator: "/")
        return isAbsolute ? "/" + rest : rest.isEmpty ? "." : rest
    }
}
