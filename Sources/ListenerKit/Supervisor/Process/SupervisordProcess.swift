/// The supervisord that runs this process, for signals.
package struct SupervisordProcess: Sendable {
    /// Its number.
    package let number: Int32

    /// Describes a process.
    package init(number: Int32) {
        self.number = number
    }

    /// Finds it: the nearest ancestor that is a supervisord, else the parent.
    package static var current: SupervisordProcess {
        SupervisordProcess(number: RunningProcess.supervisord?.number ?? parentProcessID())
    }

    /// The same, as it was when this was first asked.
    package static var atStart: SupervisordProcess {
        SupervisordProcess(number: RunningProcess.supervisordAtStart?.number ?? parentProcessID())
    }

    /// Sends it a signal, unless it has gone: its number may be another's by then, or this process an orphan.
    ///
    /// - Parameter signal: The signal.
    /// - Throws: ``SystemError`` where it is gone, or belongs to another user.
    package func send(_ signal: Signal) throws(SystemError) {
        guard Self.current.number == number else {
            throw .noSuchProcess("signal process \(number)")
        }
        try signal.send(to: number)
    }
}
