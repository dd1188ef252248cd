import ListenerKit

/// Where lines of output come from, and when.
struct OutputSource {
    /// When their ends were received.
    let time: Timestamp
    /// The event that brought them, or pieces of them.
    let event: String
    /// The process that wrote them.
    let process: ProcessName
    /// Its process id.
    let pid: Int
    /// The stream that it wrote them to.
    let channel: OutputChannel
}
