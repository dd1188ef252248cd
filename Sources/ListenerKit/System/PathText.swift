/// Operations on paths as text, by the rules of Python's `os.path`; none of them accesses the file system.
package enum PathText {
    /// Returns the absolute path of one that may be relative to a directory, without `.`, `..` and `//`.
    package static func absolute(_ path: String, from directory: String) -> String {
        normalized(joined(directory, path))
    }

    /// Returns a path below a directory, or the path itself if it is absolute.
    package static func joined(_ directory: String, _ path: String) -> String {
        if path.utf8.first == slash || directory.isEmpty {
            return path
        }
        return directory.utf8.last == slash ? directory + path : "\(directory)/\(path)"
    }

    /// Returns the part before the last slash; empty if there is no slash.
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

    /// Returns the part after the last slash.
    package static func name(of path: String) -> String {
        guard let last = path.utf8.lastIndex(of: slash) else {
            return path
        }
        return String(path.utf8[path.utf8.index(after: last)...]) ?? path
    }

    /// Returns a path with a leading `~` replaced by the home directory.
    package static func expandingHome(_ path: String, home: String?) -> String {
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
