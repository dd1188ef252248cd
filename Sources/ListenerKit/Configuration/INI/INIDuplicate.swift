/// A key that was set more than once in the same section: the last one counts, which is seldom what was meant.
struct INIDuplicate: Equatable, Sendable {
    /// The name of the section.
    let section: String
    /// What counted until then.
    let replaced: INIOption
    /// Where the one that counts stands.
    let location: ConfigurationLocation
}
