/// Decides which of two programs starts first if both are ready to start.
struct StartOrderKey: Comparable {
    /// The lower one starts first.
    let priority: Int
    /// The position that a dialect gives to its programs of the same priority; 0 if their names decide.
    var position = 0
    let name: String

    static func < (one: StartOrderKey, other: StartOrderKey) -> Bool {
        (one.priority, one.position, one.name) < (other.priority, other.position, other.name)
    }
}
