import ListenerKit

/// No directory can hold the private folder of a run.
struct RunFolderError: Error, CustomStringConvertible {
    /// The failure in each of the directories.
    let failures: [SystemError]

    /// One sentence without a full stop: what failed, why, and what to do.
    var description: String {
        let reasons = failures.isEmpty ? "" : ": " + failures.map { "\($0)" }.joined(separator: "; ")
        return """
            no directory can hold the files of this run\(reasons); set TMPDIR to the absolute path of a directory that has \
            free space and that no other user can replace
            """
    }
}
