import Glibc

// Each event is searched several times, and the C library compares dozens of bytes with one instruction.
extension Span<UInt8> {
    /// Returns the index of the first byte of a value at or after a start, or `count` if there is none.
    func firstIndex(of byte: UInt8, from start: Int) -> Int {
        withUnsafeBufferPointer { bytes in
            guard start < bytes.count, let base = bytes.baseAddress,
                let found = memchr(base + start, Int32(byte), bytes.count - start)
            else {
                return bytes.count
            }
            return UnsafeRawPointer(base).distance(to: found)
        }
    }

    /// Returns whether some bytes are at an index.
    func holds(_ others: borrowing Span<UInt8>, at index: Int) -> Bool {
        others.withUnsafeBufferPointer { holds($0, at: index) }
    }

    /// Returns whether some bytes are at an index.
    func holds(_ others: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        withUnsafeBufferPointer { bytes in
            guard index >= 0, others.count <= bytes.count - index else {
                return false
            }
            guard let base = bytes.baseAddress, let other = others.baseAddress else {
                return others.isEmpty
            }
            return memcmp(base + index, other, others.count) == 0
        }
    }
}
