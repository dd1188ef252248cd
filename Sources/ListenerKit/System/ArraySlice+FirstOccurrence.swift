extension ArraySlice<UInt8> {
    /// Returns the first index at which a sequence of bytes begins, or nil if it does not occur.
    package func firstOccurrence(of pattern: some Collection<UInt8>) -> Int? {
        guard let first = pattern.first else {
            return startIndex
        }
        var index = startIndex
        while let candidate = self[index...].firstIndex(of: first) {
            if self[candidate...].starts(with: pattern) {
                return candidate
            }
            index = candidate + 1
        }
        return nil
    }
}
