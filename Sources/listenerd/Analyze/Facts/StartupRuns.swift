import ListenerKit

/// Tells the runs of a log apart: those of supervisord, in each of which a listener may have been started again.
struct StartupRuns {
    /// The runs in which anything was started, the oldest first.
    var all: [StartupRun] { runs.filter { $0.hasProcesses } }

    private var runs: [StartupRun] = []
    /// supervisord's numbers of the last event of the last run.
    private var serials: (serial: Int, poolSerial: Int)?
    /// The pid of the listener that has begun last, and the handlers of it that have.
    private var listener: (pid: Int?, handlers: Set<String>)?
    /// The lines of a listener that has begun, as long as no event tells whether supervisord is still the same.
    private var undecided: [LoggedLine] = []

    /// So many lines without an event are no beginning any more.
    private static let mostUndecided = 10_000

    /// Adds the next line of the log.
    mutating func add(_ line: LoggedLine) {
        if case .entry(.begin) = line.content, beginsListener(line.details), !runs.isEmpty {
            beginRun()
            undecided = [line]
            return
        }
        guard case .event(let event) = line.content else {
            return undecided.isEmpty ? addToLast(line) : hold(line)
        }
        let numbers = (event.header.serial, event.header.poolSerial)
        if let serials, numbers.0 < serials.serial || numbers.1 < serials.poolSerial {
            if undecided.isEmpty {
                runs.append(StartupRun(line))
                self.serials = numbers
                return
            }
            beginRun()
        } else {
            let lines = undecided
            undecided = []
            lines.forEach { addToLast($0) }
        }
        serials = numbers
        addToLast(line)
    }

    /// Ends the log.
    mutating func finish() {
        beginRun()
    }

    private mutating func hold(_ line: LoggedLine) {
        undecided.append(line)
        if undecided.count > Self.mostUndecided {
            beginRun()
        }
    }

    /// Makes a run of the lines that were undecided.
    private mutating func beginRun() {
        let lines = undecided
        undecided = []
        guard let first = lines.first else {
            return
        }
        serials = nil
        runs.append(StartupRun(first))
        lines.dropFirst().forEach { addToLast($0) }
    }

    private mutating func addToLast(_ line: LoggedLine) {
        guard !runs.isEmpty else {
            return runs.append(StartupRun(line))
        }
        runs[runs.count - 1].add(line)
    }

    /// Whether an entry is the first one of another listener: several handlers of one listener begin.
    private mutating func beginsListener(_ details: JSONValue?) -> Bool {
        let pid = details?["pid"]?.integer
        let handler = details?["handler"]?.text ?? ""
        guard let listener, listener.pid == pid, !listener.handlers.contains(handler) else {
            self.listener = (pid, [handler])
            return true
        }
        self.listener?.handlers.insert(handler)
        return false
    }
}
