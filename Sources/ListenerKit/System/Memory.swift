#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// Each event is searched several times over, and the C library looks at dozens of bytes with one instruction.
extension Span<UInt8> {
    /// The index of a byte, or the number of bytes where it does not stand at or after the start.
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

    /// Whether other bytes stand at an index.
    func holds(_ others: borrowing Span<UInt8>, at index: Int) -> Bool {
        others.withUnsafeBufferPointer { holds($0, at: index) }
    }

    /// Whether other bytes stand at an index.
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
