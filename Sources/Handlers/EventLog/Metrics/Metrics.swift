import ListenerKit

/// Keeps the file of `--log-metrics` up to date: at most once a second, and only if something changes.
///
/// It belongs to the log handler, whose alarm is the only timer.
final class Metrics {
    private static let interval = Duration.seconds(1)
    private static let delayAfterFailure = Duration.seconds(5)
    /// How long to wait before a snapshot is asked for: a program that was stopped may be removed next.
    private static let delayOfSnapshot = Duration.seconds(1)
    /// How long the end of the listener waits for the last text to be written.
    private static let lastTimeout = Duration.milliseconds(500)

    private let context: Context
    private let inbox = JournalInbox()
    /// The file, which tests wait for.
    let file: MetricsFile
    private var metrics: SupervisorMetrics
    /// supervisord's configuration; nil if there is none.
    private var configuration: FollowedConfiguration?
    private var programs: MeteredPrograms
    /// Whether the file is not up to date.
    private var isChanged = false
    /// When the file may be written next; nil if it has not been written.
    private var nextTime: ContinuousClock.Instant?
    /// Whether a snapshot was asked for, and has not come yet.
    private var isSnapshotDue = false

    /// Reads what an earlier listener has counted.
    ///
    /// - Parameters:
    ///   - path: The path of the file.
    ///   - context: What the listener offers.
    /// - Throws: ``LogFileError`` if files cannot be created beside it; ``FileError`` if it is no regular file.
    init(_ path: String, _ context: Context) throws {
        self.context = context
        let replaced: ReplacedFile
        do throws(SystemError) {
            replaced = try ReplacedFile(path)
        } catch {
            throw LogFileError(cause: error)
        }
        file = MetricsFile(replaced, context.reporter) { context.setAlarm(after: Self.delayAfterFailure) }
        metrics = try Self.countedMetrics(in: replaced.path, context.reporter)
        let configuration = try? context.configuration()
        self.configuration = configuration.map { FollowedConfiguration($0) }
        programs = MeteredPrograms(configuration, hasGates: context.isSelected(HandlerName.orderedStartup))
        context.journal.follow(wantsDetails: false) { [inbox] entry in
            inbox.add(entry)
            context.setAlarm(at: context.now)
        }
    }

    deinit {
        drainInbox()
        file.write(metrics.text(isLast: true))
        file.flush(until: .now + Self.lastTimeout)
    }

    /// Returns what an earlier listener has counted; nothing if there is no file, or it cannot be read, which is reported.
    private static func countedMetrics(in path: String, _ reporter: Reporter) throws -> SupervisorMetrics {
        do {
            let bytes = try contents(ofFile: path)
            guard bytes.isEmpty || bytes.starts(with: MetricsText.beginning) else {
                let reason = "has something other than metrics, which would be lost; remove it first"
                throw UsageError.other("'\(path)' \(reason)")
            }
            return try MetricsReader.read(bytes, writtenAt: FileStamp(path: path)?.time ?? .now)
        } catch let error as UsageError {
            throw error
        } catch FileError.notRegular(let path, let kind) {
            throw FileError.notRegular(path: path, kind: kind)
        } catch FileError.system(let error) where error.isMissingFile {
            return SupervisorMetrics()
        } catch let error as MalformedMetricsError {
            let place = "line \(error.line) of '\(path)' is not what --log-metrics writes"
            reporter.report(.warning, "\(place); counting from 0")
        } catch {
            reporter.report(.warning, "\(error); counting from 0")
        }
        return SupervisorMetrics()
    }

    /// Counts by an event.
    func apply(_ event: Event) {
        switch event {
        case .processState(let change):
            metrics.apply(change, of: programs[change.process], at: context.now)
            recordChange()
        case .processGroup:
            requestSnapshot()
        default:
            break
        }
    }

    /// Records the status with which a process has exited, if supervisord has told it.
    func learn(from record: LogRecord) {
        if case .processState(let change) = record.event, let exitStatus = record.exitStatus {
            metrics.learn(exitStatus: exitStatus, of: change.process)
        }
    }

    /// Adopts how all processes stand.
    func apply(_ snapshot: Snapshot) {
        isSnapshotDue = false
        if let new = configuration?.follow(snapshot, context) {
            programs = MeteredPrograms(new, hasGates: context.isSelected(HandlerName.orderedStartup))
        }
        if metrics.apply(snapshot, of: programs) {
            recordChange()
        }
    }

    /// Writes the file, if it is not up to date and it is time.
    func handleAlarm() {
        drainInbox()
        guard isChanged || file.isBehind else {
            return
        }
        let now = context.now
        if let nextTime, now < nextTime {
            return context.setAlarm(at: nextTime)
        }
        if metrics.isIncomplete {
            requestSnapshot()
        }
        isChanged = false
        nextTime = now + Self.interval
        file.write(metrics.text())
    }

    private func drainInbox() {
        for entry in inbox.drain() where metrics.apply(entry) {
            isChanged = true
        }
    }

    private func recordChange() {
        if !isChanged {
            isChanged = true
            context.setAlarm(at: nextTime ?? context.now)
        }
    }

    private func requestSnapshot() {
        if !isSnapshotDue {
            isSnapshotDue = true
            context.requestSnapshot(after: Self.delayOfSnapshot)
        }
    }
}
