/// What decides which of two programs goes first that can be started at the same moment.
struct StartupTie: Comparable {
    /// The lower one goes first.
    let priority: Int
    /// The place that a dialect gives to its programs of the same priority; 0 where it goes by names.
    var place = 0
    let name: String

    static func < (one: StartupTie, other: StartupTie) -> Bool {
        (one.priority, one.place, one.name) < (other.priority, other.place, other.name)
    }
}
