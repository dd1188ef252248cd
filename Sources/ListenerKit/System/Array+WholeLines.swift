extension [UInt8] {
    /// Returns lines in pieces of whole lines.
    ///
    /// - Parameter limit: How long a piece may be if it has more than one line.
    /// - Returns: The pieces.
    func wholeLines(limit: Int) -> [[UInt8]] {
        let newline = UInt8(ascii: "\n")
        var pieces: [[UInt8]] = []
        var rest = self[...]
        while rest.count > limit,
            let end = rest.prefix(limit).lastIndex(of: newline) ?? rest.firstIndex(of: newline)
        {
            pieces.append(Array(rest[...end]))
            rest = rest[(end + 1)...]
        }
        return rest.isEmpty ? pieces : pieces + [Array(rest)]
    }
}
