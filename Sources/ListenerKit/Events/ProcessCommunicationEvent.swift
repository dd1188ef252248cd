/// A program has written text between `<!--XSUPERVISOR:BEGIN-->` and `<!--XSUPERVISOR:END-->`.
///
/// supervisord searches the output for it if `stdout_capture_maxbytes` or `stderr_capture_maxbytes` is above 0.
public struct ProcessCommunicationEvent: Hashable, Sendable {
    /// The event's header.
    public let header: EventHeader
    /// The process that wrote.
    public let process: ProcessName
    /// Its process id.
    public let pid: Int
    /// The channel that it wrote to.
    public let channel: OutputChannel
    /// The text between the tags, or only its end if it is longer than supervisord captures.
    ///
    /// It is `Undecodable: b'…'` if it is not UTF-8.
    public let data: String

    /// Describes a text.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - process: The process that wrote.
    ///   - pid: Its process id.
    ///   - channel: Where it wrote to.
    ///   - data: The text.
    public init(header: EventHeader, process: ProcessName, pid: Int, channel: OutputChannel, data: String) {
        self.header = header
        self.process = process
        self.pid = pid
        self.channel = channel
        self.data = data
    }

    /// The bytes that the program wrote between the tags, whether or not they are UTF-8.
    public var bytes: [UInt8] { [UInt8](programOutput: data) }
}

extension ProcessCommunicationEvent {
    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        let end = try payload.endOfLine(with: .pid)
        let fields = payload.fields([.process, .group, .pid], upTo: end)
        self.header = header
        process = ProcessName(group: try fields.text(.group), process: try fields.text(.process))
        pid = try fields.number(.pid)
        channel = header.kind == .processCommunicationStderr ? .stderr : .stdout
        data = payload.text(after: end)
    }
}
