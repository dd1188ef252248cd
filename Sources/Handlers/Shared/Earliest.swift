/// Returns the earlier of two times, of which there may be only one, or none.
///
/// It is called at each event, where an array for the two would cost more than the rest.
func earliest(_ first: ContinuousClock.Instant?, _ second: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    guard let first, let second else {
        return first ?? second
    }
    return min(first, second)
}
