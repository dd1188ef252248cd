/// A program with `stdout_events_enabled` or `stderr_events_enabled` has written something.
public struct ProcessLogEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The process that wrote.
    public let process: ProcessName
    /// Its process id.
    public let pid: Int
    /// The channel that it wrote to.
    public let channel: OutputChannel
    /// A piece of the output as supervisord has read it, not a line; `Undecodable: b'…'` if it is not UTF-8, see ``bytes``.
    public let data: String

    /// Describes a piece of output.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - process: The process that wrote.
    ///   - pid: Its process id.
    ///   - channel: Where it wrote to.
    ///   - data: What it wrote.
    public init(header: EventHeader, process: ProcessName, pid: Int, channel: OutputChannel, data: String) {
        self.header = header
        self.process = process
        self.pid = pid
        self.channel = channel
        self.data = data
    }

    /// The bytes that the program wrote, whether or not they are UTF-8.
    ///
    /// A piece can begin or end in the middle of a character, and is not UTF-8 then.
    public var bytes: [UInt8] { [UInt8](programOutput: data) }
}

extension ProcessLogEvent {
    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        let end = try payload.endOfLine(with: .channel)
        let fields = payload.fields([.process, .group, .pid, .channel], upTo: end)
        self.header = header
        process = ProcessName(group: try fields.text(.group), process: try fields.text(.process))
        pid = try fields.number(.pid)
        channel = header.kind == .processLogStderr ? .stderr : .stdout
        data = payload.text(after: end)
    }
}
