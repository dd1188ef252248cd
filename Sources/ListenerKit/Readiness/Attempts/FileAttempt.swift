/// Looks at a path.
struct FileAttempt: Attempt {
    private let path: String
    private let pid: Int?
    private let report: AttemptReport

    /// Prepares an attempt.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - pid: The process that makes the file; nil if it is not known.
    ///   - report: Reports the outcome.
    init(_ path: String, pid: Int?, _ report: @escaping AttemptReport) {
        self.path = path
        self.pid = pid
        self.report = report
    }

    func begin() {
        report(outcome)
    }

    func cancel() {}

    private var outcome: ProbeOutcome {
        // If nothing is known of the process, any file will do.
        let age = pid.flatMap { Int32(exactly: $0) }.flatMap { ProcessStatus(pid: $0)?.age }
        do throws(SystemError) {
            let isOlder = try isFile(path, olderThan: age)
            return isOlder ? .failed("older than the start of the process") : .passed
        } catch {
            return .failed(error.isMissingFile ? "no such file" : error.reasonInSentence)
        }
    }
}
