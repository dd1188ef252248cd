/// One attempt of a probe.
package struct ProbeAttempt: Hashable, Sendable {
    /// Identifies the attempt in its result; a number that was not used before.
    package let id: Int
    /// What to try.
    package let probe: Probe
    /// The process that it is about.
    package let process: ProcessName
    /// Its pid, if that is known; a file is compared with the start of this process.
    package let pid: Int?
    /// How long the attempt may take.
    package let timeout: Duration

    /// Describes an attempt.
    package init(id: Int, probe: Probe, process: ProcessName, pid: Int?, timeout: Duration) {
        self.id = id
        self.probe = probe
        self.process = process
        self.pid = pid
        self.timeout = timeout
    }
}
