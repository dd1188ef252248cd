import ListenerKit

/// The contents of a line of the log, whatever its format.
protocol LineRecord {
    /// When it happened.
    var time: Timestamp { get }
    /// How severe it is.
    var level: LogLevel { get }
    /// More about it, as a JSON object; empty if there is none.
    var details: [UInt8] { get }

    /// Calls a function with each key and its value, in the order in which they are written, without those that are not known.
    func forEachField(_ body: (StaticString, LogRecord.Value) -> Void)

    /// Appends what a person reads.
    ///
    /// - Returns: Whether there is anything to read.
    func appendMessage(to line: inout [UInt8]) -> Bool
}

extension LineRecord {
    /// None.
    var details: [UInt8] { [] }
}
