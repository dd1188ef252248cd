/// The earlier of two moments, of which there may be only one, or none.
///
/// It is asked for at each event, where an array for the two would cost more than the rest.
func earliest(_ first: ContinuousClock.Instant?, _ second: ContinuousClock.Instant?) -> ContinuousClock.Instant? {
    guard let first, let second else {
        return first ?? second
    }
    return min(first, second)
}
