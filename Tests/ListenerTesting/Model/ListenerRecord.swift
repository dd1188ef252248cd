import ListenerKit

/// A listener as supervisord and the test see it.
struct ListenerRecord: Sendable {
    let pool: String
    let process: ProcessName
    var dialogue = ListenerDialogue()
    /// The event that it was given and has not answered.
    var event: BufferedEvent?
    /// What is still to be written to it.
    var outgoing: [UInt8] = []
    /// All that it has written.
    var output: [UInt8] = []
    /// What it has said on standard error, by line.
    var messages: [String] = []
    var unfinishedMessage: [UInt8] = []
    /// The serials of all events that it was given.
    var given: [Int] = []
    /// The serials of the events that it has acknowledged.
    var acknowledged: [Int] = []
    /// The serials of the events that it has rejected.
    var rejected: [Int] = []
    var isInputClosed = false
    /// How its process has ended, while what it has written may not yet be read.
    var end: ListenerEnd?
    /// Whether it has ended, and all that it has written is read.
    var isGone = false

    init(pool: String, process: ProcessName) {
        self.pool = pool
        self.process = process
    }
}
