/// The ways in which the last word of a command line can go on.
struct CompletedWord: Equatable {
    /// One way: a word, and what it does.
    struct Candidate: Equatable {
        /// The word, without ``CompletedWord/start``.
        let text: String
        /// What it does, in one line; empty if that is not known.
        var summary = ""
    }

    /// What the shell offers; the raw value is the first line of what it is told.
    enum Kind: String {
        /// The candidates.
        case words
        /// The candidates, after each of which another one may follow behind a comma.
        case list
        /// Paths of files.
        case files
        /// Paths of directories.
        case directories
        /// Programs on the `PATH`.
        case commands
    }

    /// What the shell offers.
    var kind = Kind.words
    /// The part of the word that stays as it is: `--format=`, or `web,` in a list.
    var start = ""
    /// The candidates; those that do not begin as the word does are among them.
    var candidates: [Candidate] = []
}
