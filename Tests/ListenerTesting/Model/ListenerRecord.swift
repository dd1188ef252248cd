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
    /// What its handlers learn of the readiness of programs.
    var news = NewsSchedule()
    /// The bytes that are still to be written to it, in order.
    var outgoing: [OutgoingBytes] = []
    /// All that it has written to standard output.
    var output: [UInt8] = []
    /// The lines that it has written to standard error.
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
    /// How its process has ended; its output may not have been read to the end yet.
    var end: ListenerEnd?
    /// Whether it has ended, and all its output has been read.
    var isGone = false

    init(pool: String, process: ProcessName) {
        self.pool = pool
        self.process = process
    }
}

extension ListenerRecord {
    /// Writes the outgoing bytes, as far as the pipe accepts them.
    ///
    /// - Parameter write: Writes bytes, and returns how many were accepted; nil if the pipe is closed.
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
