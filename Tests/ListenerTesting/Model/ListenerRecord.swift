import ListenerKit

/// A listener as supervisord and the test see it.
struct ListenerRecord: Sendable {
    let pool: String
    let process: ProcessName
    var dialogue = ListenerDialogue()
    /// The event that it was given and has not answered.
    var event: BufferedEvent?
    /// The alarms that its handlers have set.
    var alarms = AlarmSchedule()
    /// What is still to be written to it, in order.
    var outgoing: [OutgoingBytes] = []
    /// All that it has written.
    var output: [UInt8] = []
    /// What it has said on standard error, by line.
    var messages: [String] = []
    var unfinishedMessage: [UInt8] = []
    /// The serials of all events that it was given: of those whose last byte has been written.
    var given: [Int] = []
    /// The serials of the events that it has acknowledged.
    var acknowledged: [Int] = []
    /// The serials of the events that it has rejected.
    var rejected: [Int] = []
    var isInputClosed = false
    /// Whether supervisord's ends of the protocol's pipes are to be closed, and whether they are.
    var mustDisconnect = false
    var isDisconnected = false
    /// How its process has ended, while what it has written may not yet be read.
    var end: ListenerEnd?
    /// Whether it has ended, and all that it has written is read.
    var isGone = false

    init(pool: String, process: ProcessName) {
        self.pool = pool
        self.process = process
    }
}

extension ListenerRecord {
    /// Writes what is to be written, as far as it is taken.
    ///
    /// - Parameter write: Writes some bytes, and returns how many were taken; `nil` if none ever will be.
    mutating func flush(_ write: ([UInt8]) -> Int?) {
        while let first = outgoing.first {
            guard let count = write(first.bytes) else {
                return outgoing.removeAll()
            }
            guard count == first.bytes.count else {
                return outgoing[0].bytes.removeFirst(count)
            }
            given += [first.serial].compactMap { $0 }
            outgoing.removeFirst()
        }
    }
}
