import ListenerKit

/// How many starts of each process have failed in a row, whichever version of supervisord reports them.
///
/// supervisor 4.0 and 4.1 send BACKOFF with the number of failures *before* this one, and later versions with this one included;
/// STARTING has the number of failures before it in all of them.
struct FailedStarts {
    private struct Entry {
        /// The `tries` of the latest STARTING; nil if that was not seen.
        var triesAtStart: Int?
        /// How many have failed; nil until one has.
        var count: Int?
    }

    private var entries = ProcessMemory<ProcessName, Entry>()
    /// Whether this supervisord leaves out the failure that it reports.
    private var countsFromZero = false

    /// The number for a process; nil if that is not known.
    subscript(process: ProcessName) -> Int? { entries[process]?.count }

    /// Whether it is time for ``forgetAll(except:)``.
    var isCrowded: Bool { entries.isCrowded }

    /// Counts by one change of state; STOPPING and FATAL leave the number as it is.
    mutating func apply(_ transition: ProcessStateEvent.Transition, to process: ProcessName) {
        switch transition {
        case .starting(let tries):
            // Most starts are the first ones, and nothing is known of most processes.
            if tries > 0 || !entries.values.isEmpty && entries[process] != nil {
                entries[process] = Entry(triesAtStart: tries)
            }
        case .backoff(let tries):
            learn(from: tries, atStart: entries[process]?.triesAtStart)
            entries[process] = Entry(count: countsFromZero ? tries &+ 1 : tries)
        case .running, .exited, .stopped, .unknown:
            if !entries.values.isEmpty {
                entries[process] = nil
            }
        case .stopping, .fatal:
            break
        }
    }

    /// Forgets what supervisord does not know.
    mutating func forgetAll(except known: Set<ProcessName>) {
        entries.forgetAll(except: known)
    }

    private mutating func learn(from tries: Int, atStart triesAtStart: Int?) {
        if tries == 0 {
            countsFromZero = true
        } else if let triesAtStart {
            countsFromZero = tries == triesAtStart
        }
    }
}
