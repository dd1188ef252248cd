/// Wakes a thread that polls, by making a descriptor readable.
package struct WakeUp: ~Copyable, Sendable {
    private let pipe: Pipe

    /// The descriptor to poll.
    package var fileDescriptor: Int32 { pipe.readEnd.rawValue }

    private init(_ pipe: consuming Pipe) {
        self.pipe = pipe
    }

    /// Makes a wake-up whose descriptor is not readable.
    package static func make() throws(SystemError) -> WakeUp {
        WakeUp(try Pipe.open(blocks: false))
    }

    /// Makes the descriptor readable.
    package func signal() {
        // If the pipe is full, it is readable already.
        try? pipe.writeEnd.write(CollectionOfOne(0))
    }

    /// Makes it unreadable again.
    package func clear() {
        _ = pipe.readEnd.drain()
    }
}
