/// The process of the supervisord that runs this one, for signals.
package struct SupervisordProcess: Sendable {
    /// Its pid.
    package let pid: Int32

    /// Describes a process.
    package init(pid: Int32) {
        self.pid = pid
    }

    /// The nearest ancestor of this process that is a supervisord, or the parent if there is none.
    package static var current: SupervisordProcess {
        SupervisordProcess(pid: RunningProcess.supervisord?.pid ?? parentProcessID())
    }

    /// The same, as it was when this was first asked.
    package static var atStart: SupervisordProcess {
        SupervisordProcess(pid: RunningProcess.supervisordAtStart?.pid ?? parentProcessID())
    }

    /// Sends a signal, unless the process is gone: its pid may be reused by then, or this process an orphan.
    ///
    /// - Parameter signal: The signal.
    /// - Throws: ``SystemError`` if the process is gone, or belongs to another user.
    package func send(_ signal: Signal) throws(SystemError) {
        guard Self.current.pid == pid else {
            throw .noSuchProcess("signal process \(pid)")
        }
        try signal.send(to: pid)
    }
}
