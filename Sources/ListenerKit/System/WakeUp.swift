/// A descriptor that becomes readable when another thread says so.
package struct WakeUp: ~Copyable, Sendable {
    private let pipe: Pipe

    /// The number to poll.
    package var number: Int32 { pipe.readEnd.number }

    private init(_ pipe: consuming Pipe) {
        self.pipe = pipe
    }

    /// Makes one that is not readable yet.
    package static func make() throws(SystemError) -> WakeUp {
        WakeUp(try Pipe.open(blocks: false))
    }

    /// Makes the descriptor readable.
    package func signal() {
        // A full pipe is readable already.
        try? pipe.writeEnd.write(CollectionOfOne(0))
    }

    /// Makes it unreadable again.
    package func clear() {
        _ = pipe.readEnd.drain()
    }
}
