/// An arrow from a process's bar to one that waited for it.
struct PictureArrow: Equatable {
    /// What it says.
    enum Kind: CaseIterable {
        /// The process waited for others longer.
        case minor
        /// This was the last thing that the process waited for.
        case decisive
        /// It is a link of the slowest chain.
        case chain
        /// The process never started, as this never happened.
        case unmet
    }

    /// The row of the process that was waited for.
    let from: Int
    /// The row of the process that waited.
    let to: Int
    let kind: Kind
    /// From its beginning at the bar of `from` to its head at the bar of `to`, only down, up, and to the right.
    let points: [PicturePoint]
}
