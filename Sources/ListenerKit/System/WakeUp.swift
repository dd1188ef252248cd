/// A descriptor that becomes readable when another thread says so.
struct WakeUp: ~Copyable, Sendable {
    private let pipe: Pipe

    /// The number to poll.
    var number: Int32 { pipe.readEnd.number }

    private init(_ pipe: consuming Pipe) {
        self.pipe = pipe
    }

    static func make() throws(SystemError) -> WakeUp {
        WakeUp(try Pipe.open(blocks: false))
    }

    /// Makes the descriptor readable.
    func signal() {
        // A full pipe is readable already.
        try? pipe.writeEnd.write(CollectionOfOne(0))
    }

    /// Makes it unreadable again.
    func clear() {
        _ = pipe.readEnd.drain()
    }
}
