#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The paths that a pattern of the shell matches, sorted by their bytes whatever the locale.
package func paths(matching pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    // A backslash is an ordinary character of Python's patterns, in which supervisord's are written.
    guard glob(pattern, GLOB_NOESCAPE | GLOB_NOSORT, nil, &result) == 0, let entries = result.gl_pathv else {
        return []
    }
    let count = Int(result.gl_pathc)
    let paths = (0..<count).compactMap { entries[$0].map { String(cString: $0) } }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
}
