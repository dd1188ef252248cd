import Glibc

/// Returns the paths that a shell pattern matches, sorted by their bytes in every locale.
package func paths(matching pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    // In Python's patterns, which supervisord uses, a backslash is an ordinary character.
    guard glob(pattern, GLOB_NOESCAPE | GLOB_NOSORT, nil, &result) == 0, let entries = result.gl_pathv else {
        return []
    }
    let count = Int(result.gl_pathc)
    let paths = (0..<count).compactMap { entries[$0].map { String(cString: $0) } }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
