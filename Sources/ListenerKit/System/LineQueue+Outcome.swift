extension LineQueue {
    /// Records the outcome of writing the next entry; half a line does not stay in a file that is full.
    mutating func record(
        _ outcome: NonBlockingOutput.Outcome,
        _ output: NonBlockingOutput
    ) -> LineWriter.StatusChange? {
        switch outcome {
        case .wrote(let count): return advance(by: count)
        case .failed(let code):
            let torn = tornByteCount
            if torn > 0, output.removeLast(torn) {
                removeTornBytes()
            }
            return fail(code: code)
        case .mustWait: return nil
        }
    }
}

extension LineQueue.Entry {
    /// The bytes that have not been written.
    var rest: ArraySlice<UInt8> { bytes[written...] }
}
