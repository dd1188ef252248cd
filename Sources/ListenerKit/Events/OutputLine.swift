/// A line that a program has written.
package struct OutputLine: Hashable, Sendable {
    /// Its text, without what ends it; it need not be UTF-8.
    package let bytes: ArraySlice<UInt8>
    /// Whether the line was too long to be kept whole: the next line of the same stream continues it.
    package let isContinued: Bool
    /// Whether it continues the one before it, of the same stream.
    package let isContinuation: Bool

    /// Describes a line.
    package init(bytes: ArraySlice<UInt8>, isContinued: Bool, isContinuation: Bool = false) {
        self.bytes = bytes
        self.isContinued = isContinued
        self.isContinuation = isContinuation
    }
}
