/// A program with `stdout_events_enabled` or `stderr_events_enabled` has written something.
public struct ProcessLogEvent: Hashable, Sendable {
    /// All values of an event, which is copied for each handler, as one reference.
    @usableFromInline final class Values: Sendable {
        @usableFromInline let header: EventHeader
        @usableFromInline let process: ProcessName
        @usableFromInline let pid: Int
        @usableFromInline let channel: OutputChannel
        @usableFromInline let data: String

        init(_ header: EventHeader, _ process: ProcessName, _ pid: Int, _ channel: OutputChannel, _ data: String) {
            self.header = header
            self.process = process
            self.pid = pid
            self.channel = channel
            self.data = data
        }
    }

    @usableFromInline let values: Values

    /// The event's header.
    @inlinable public var header: EventHeader { values.header }
    /// The process that wrote.
    @inlinable public var process: ProcessName { values.process }
    /// Its process id.
    @inlinable public var pid: Int { values.pid }
    /// The channel that it wrote to.
    @inlinable public var channel: OutputChannel { values.channel }
    /// A piece of the output as supervisord has read it, not a line; `Undecodable: b'…'` if it is not UTF-8, see ``bytes``.
    @inlinable public var data: String { values.data }

    /// Describes a piece of output.
    ///
    /// - Parameters:
    ///   - header: What supervisord says about the event.
    ///   - process: The process that wrote.
    ///   - pid: Its process id.
    ///   - channel: Where it wrote to.
    ///   - data: What it wrote.
    public init(header: EventHeader, process: ProcessName, pid: Int, channel: OutputChannel, data: String) {
        values = Values(header, process, pid, channel, data)
    }

    /// Returns whether two events have the same values.
    public static func == (one: ProcessLogEvent, other: ProcessLogEvent) -> Bool {
        one.header == other.header && one.process == other.process && one.pid == other.pid
            && one.channel == other.channel && one.data == other.data
    }

    /// Hashes all values.
    ///
    /// - Parameter hasher: The hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(header)
        hasher.combine(process)
        hasher.combine(pid)
        hasher.combine(channel)
        hasher.combine(data)
    }

    /// The bytes that the program wrote, whether or not they are UTF-8.
    ///
    /// A piece can begin or end in the middle of a character, and is not UTF-8 then.
    public var bytes: [UInt8] { [UInt8](programOutput: data) }
}

extension ProcessLogEvent {
    init(_ header: EventHeader, _ payload: Payload) throws(PayloadError) {
        let channel: OutputChannel = header.kind == .processLogStderr ? .stderr : .stdout
        if let (process, pid, start) = Self.read(payload.bytes.span) {
            let data = payload.text(after: payload.bytes.startIndex + start - 1)
            self.init(header: header, process: process, pid: pid, channel: channel, data: data)
            return
        }
        let end = try payload.endOfLine(with: .channel)
        let fields = payload.fields([.process, .group, .pid, .channel], upTo: end)
        self.init(
            header: header,
            process: ProcessName(group: try fields.text(.group), process: try fields.text(.process)),
            pid: try fields.number(.pid),
            channel: channel,
            data: payload.text(after: end)
        )
    }

    /// Reads a line of fields that is exactly as supervisord writes it, in less time than it takes to search for its keys.
    ///
    /// - Returns: The process, its id, and where its output begins; nil if the line is not like that.
    private static func read(_ bytes: Span<UInt8>) -> (process: ProcessName, pid: Int, start: Int)? {
        var index = 0
        guard bytes.skip("processname:", &index), let process = bytes.skip(to: " groupname:", &index),
            let group = bytes.skip(to: " pid:", &index), let pid = bytes.skipNumber(&index),
            bytes.skip(" channel:stdout\n", &index) || bytes.skip(" channel:stderr\n", &index)
        else {
            return nil
        }
        return (ProcessName(group: group, process: process, in: bytes), pid, index)
    }
}
