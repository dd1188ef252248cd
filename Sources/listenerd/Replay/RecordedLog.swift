import Handlers
import ListenerKit

/// The records of a log, from which its runs can be replayed.
struct RecordedLog {
    /// The path of the log, or `standard input`.
    let name: String
    /// The lives of the listener, in their order; at least one.
    private(set) var lives: [RecordedLife] = []
    /// The handlers that have recorded anything, in the order in which they began.
    private(set) var handlers: [String] = []
    /// Whether something was recorded by a listener whose beginning is not in the log.
    private(set) var beginsWithinRun = false
    /// What is wrong with the first line that cannot be read, if there is one.
    private var failure: String?

    /// Reads a log.
    ///
    /// - Parameter path: Its path; `-` is standard input.
    /// - Throws: ``FileError``; ``UnreplayableLog`` if it has no record.
    init(_ path: String) throws {
        let log = try LogFile(path)
        name = log.name
        var envelopes = LogEnvelopes()
        try log.forEachLine { line in
            if let logged = envelopes.object(in: line).flatMap({ LoggedLine($0) }) {
                add(logged)
            }
        }
        if let failure {
            throw UnreplayableLog(name: name, reason: failure)
        }
        if lives.isEmpty {
            let advice =
                "a log with --log-format json beside --\(StartupReplay.handler) or --\(FatalExitReplay.handler) has one"
            throw UnreplayableLog(name: name, reason: "it has no record of a handler; \(advice)")
        }
    }

    private mutating func add(_ line: LoggedLine) {
        let last = lives.count - 1
        switch line.content {
        case .event(let event) where last >= 0: lives[last].add(event)
        case .entry(.snapshot) where last >= 0: addSnapshot(line, last)
        case .entry(.begin): begin(line)
        case .entry(.input), .entry(.decision):
            if let details = line.details, let handler = details["handler"]?.text {
                guard last >= 0, lives[last].records[handler] != nil else {
                    beginsWithinRun = true
                    return
                }
                lives[last].add(details, of: handler)
            }
        default: break
        }
    }

    private mutating func begin(_ line: LoggedLine) {
        guard let details = line.details, let handler = details["handler"]?.text else {
            return
        }
        if !handlers.contains(handler) {
            handlers.append(handler)
        }
        if lives.isEmpty || !lives[lives.count - 1].add(details, ofNewHandler: handler) {
            lives.append(RecordedLife(line, handler, details))
        }
    }

    private mutating func addSnapshot(_ line: LoggedLine, _ life: Int) {
        guard let details = line.details else {
            return
        }
        do throws(MalformedRecord) {
            lives[life].add(try RecordedSnapshot(details))
        } catch {
            failure = failure ?? "a snapshot in it cannot be read: \(error.reason)"
        }
    }
}
