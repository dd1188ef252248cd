extension CollectionDifference.Change {
    /// The offset of what was inserted or removed.
    var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
