/// A key that was set more than once in a section: the last one counts, which is seldom intended.
struct INIDuplicate: Equatable, Sendable {
    /// The name of the section.
    let section: String
    /// The option that was replaced.
    let replaced: INIOption
    /// The location of the one that counts.
    let location: ConfigurationLocation

    /// Whether another one is in the same section and file, and replaces something in the same file too.
    func isAlike(_ other: INIDuplicate) -> Bool {
        section == other.section && location.file == other.location.file
            && replaced.location.file == other.replaced.location.file
    }
}
