import ListenerKit

/// How a startup has gone.
struct StartupSummary: Equatable, Sendable {
    /// A process that has not started, and why not.
    struct Failure: Equatable, Sendable {
        let process: ProcessName
        let failure: StartupFailure
    }

    /// As many failures as are worth reading in one line.
    static let mostFailures = 10

    /// How many processes have been started.
    let count: Int
    /// How many of them have gates that have passed; nil if none has gates.
    var readyCount: Int?
    /// How long that has taken.
    let duration: Duration
    /// The programs that led to the last start; empty if none had to be waited for.
    let chain: String
    /// The processes that have not started.
    let failures: [Failure]

    /// How serious it is.
    var level: Reporter.Level { failures.isEmpty ? .info : .error }

    /// How long it has taken, with one decimal.
    private var seconds: String { duration.inSeconds }

    /// Returns the message.
    ///
    /// - Parameter reasons: Why processes could not be started, in supervisord's words, as far as that is known.
    /// - Returns: A sentence without a full stop.
    func message(_ reasons: [ProcessName: String] = [:]) -> String {
        let ready = readyCount.map { " (\($0) ready, \(max(0, count - $0)) up)" } ?? ""
        guard !failures.isEmpty else {
            return "started \(count) \(count == 1 ? "process" : "processes") in order in \(seconds) s\(ready)\(chain)"
        }
        let named = failures.prefix(Self.mostFailures).map { entry in
            let reason = reasons[entry.process].map { ", \($0)" } ?? ""
            return "\(entry.process) (\(entry.failure.word)\(reason))"
        }
        let rest = failures.count - named.count
        let names = named.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
        let all = count + failures.count
        return "started \(count) of \(all) processes in order in \(seconds) s\(ready)\(chain); not started: \(names)"
    }
}
