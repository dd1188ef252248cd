/// What has come of a line whose end has not come, and will not or may not.
package struct UnfinishedLine: Sendable {
    /// The process that wrote it.
    package let process: ProcessName
    /// The stream that it wrote to.
    package let channel: OutputChannel
    /// Its process id.
    package let pid: Int
    /// What has come.
    package let line: OutputLine
}
