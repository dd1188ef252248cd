import ListenerKit

/// There is no place for the private folder of a run.
struct RunFolderError: Error, CustomStringConvertible {
    /// What failed in each of the places.
    let failures: [SystemError]

    /// One sentence without a full stop: what failed where, and what to do.
    var description: String {
        let reasons = failures.isEmpty ? "" : ": " + failures.map { "\($0)" }.joined(separator: "; ")
        return """
            no directory can hold the files of this run\(reasons); set TMPDIR to the absolute path of a directory that has \
            free space and that no other user can replace
            """
    }
}
