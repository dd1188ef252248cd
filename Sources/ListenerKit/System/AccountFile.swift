/// The files of users and groups: `/etc/passwd` and `/etc/group`.
package enum AccountFile {
    /// Returns the entries with a name or an id.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - text: The name or the id.
    /// - Returns: The fields of each entry: the name, the password, the id, and others.
    package static func entries(of path: String, named text: String) -> [[ArraySlice<UInt8>]] {
        entries(of: path).filter { $0[0].elementsEqual(text.utf8) || $0[2].elementsEqual(text.utf8) }
    }

    /// Returns all entries.
    ///
    /// - Parameter path: The file.
    /// - Returns: The fields of each entry, at least three.
    static func entries(of path: String) -> [[ArraySlice<UInt8>]] {
        let lines = (try? contents(ofFile: path))?.split(separator: UInt8(ascii: "\n")) ?? []
        let entries = lines.map { $0.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) }
        return entries.filter { $0.count > 2 }
    }

    /// Reads an id.
    static func id(_ field: ArraySlice<UInt8>) -> UInt32? {
        Int(decimal: field).flatMap { UInt32(exactly: $0) }
    }

    /// Whether these files have all accounts of the machine, as `/etc/nsswitch.conf` says: no directory service has others.
    package static func areComplete() -> Bool {
        let lines = (try? contents(ofFile: "/etc/nsswitch.conf"))?.split(separator: UInt8(ascii: "\n")) ?? []
        let relevant = lines.filter { $0.starts(with: "passwd:".utf8) || $0.starts(with: "group:".utf8) }
        let services = relevant.flatMap { line in
            String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }.dropFirst()
        }
        return services.allSatisfy { ["files", "compat", "systemd"].contains($0) }
    }
}
