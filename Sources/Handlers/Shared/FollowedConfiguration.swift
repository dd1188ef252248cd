import ListenerKit

/// supervisord's configuration as a handler follows it: read again after supervisord has read it again.
///
/// It is read for these reasons only, so that files may be ahead of supervisord for any time:
/// - supervisord has other processes than before, or at first some that the configuration lacks;
/// - a group was added;
/// - events were lost that may have said so;
/// - from time to time, if no event tells of what is to be noticed.
///
/// A broken configuration is reported, and not followed.
struct FollowedConfiguration {
    /// What the reporter calls a configuration that is broken.
    private static let cause = "the configuration is broken"
    private static let firstDelay = Duration.seconds(1)
    private static let longestDelay = Duration.seconds(60)
    /// How often to look at what no event tells of.
    private static let interval = Duration.seconds(10)

    /// The one to go by.
    private(set) var current: SupervisorConfiguration
    /// The processes that it has.
    private var processes: Set<ProcessName>
    /// Processes that only supervisord has, as far as events have told.
    private var strangers: Set<ProcessName> = []
    /// What the names of all processes came to that supervisord had last; nil before that is known.
    private var names: Int?
    /// When there was last a reason to read it again that a snapshot need not show.
    private var lastReason: ContinuousClock.Instant?
    /// How long to wait before a broken one is looked at again; nil if it is none.
    private var delay: Duration?
    /// When to look at what no event tells of.
    private var nextLook: ContinuousClock.Instant?

    /// Follows the configuration with which the listener has started.
    init(_ configuration: SupervisorConfiguration) {
        current = configuration
        processes = configuration.allProcesses
    }

    /// Whether an event is the first about a process that is not in the configuration.
    mutating func isNews(_ process: ProcessName) -> Bool {
        !processes.contains(process) && strangers.insert(process).inserted
    }

    /// Records that supervisord may have read another configuration.
    mutating func mayHaveChanged() {
        lastReason = .now
    }

    /// Reads the configuration again if there is a reason.
    ///
    /// - Parameters:
    ///   - snapshot: What supervisord has now.
    ///   - hasReplacements: Whether there are other processes of the same names.
    ///   - needsLooks: Whether there may be a change, now or later, that no event tells of.
    ///   - context: What the listener offers.
    /// - Returns: The new configuration to go by; nil if it is the same as before, or broken, which is said.
    mutating func follow(
        _ snapshot: Snapshot,
        hasReplacements: Bool = false,
        needsLooks: Bool = false,
        _ context: Context
    ) -> SupervisorConfiguration? {
        let isLook = nextLook.map { $0 <= snapshot.time } ?? false
        if needsLooks, isLook || nextLook == nil {
            nextLook = snapshot.time + Self.interval
            context.requestSnapshot(after: Self.interval)
        }
        guard hasReason(snapshot, hasReplacements) || isLook else {
            return nil
        }
        do throws(ConfigurationError) {
            let new = try context.rereadConfiguration()
            if let problem = new.problems.first(where: { $0.severity == .error }), !current.isRejected {
                report(problem.withoutSeverity, context)
                return nil
            }
            delay = nil
            if context.reporter.clear(key: Self.cause) {
                context.reporter.report(.info, "the configuration in \(new.basePath) is valid again, and is used")
            }
            guard !new.isSame(as: current) else {
                return nil
            }
            current = new
            processes = new.allProcesses
            return new
        } catch {
            report(error.withoutSeverity, context)
            return nil
        }
    }

    private mutating func hasReason(_ snapshot: Snapshot, _ hasReplacements: Bool) -> Bool {
        let names = snapshot.processes.reduce(0) { $0 &+ $1.name.hashValue }
        // Before the first snapshot supervisord may have taken over another one than the listener has read at its start.
        let haveChanged =
            self.names.map { $0 != names } ?? snapshot.processes.contains { !processes.contains($0.name) }
        self.names = names
        strangers.formIntersection(snapshot.processes.map { $0.name })
        let wasTold = lastReason.map { $0 < snapshot.time } ?? false
        if wasTold {
            lastReason = nil
        }
        let mayHaveMissed =
            switch snapshot.reason {
            case .lostEvents, .reload: true
            case .start, .request: false
            }
        return haveChanged || wasTold || mayHaveMissed || hasReplacements || delay != nil
    }

    /// Says, once, what is broken, and sees to it that the configuration is looked at again.
    private mutating func report(_ problem: String, _ context: Context) {
        context.reporter.reportOnce(
            .error,
            "\(problem); using the previous configuration until this is repaired",
            key: Self.cause
        )
        let delay = min(self.delay.map { $0 * 2 } ?? Self.firstDelay, Self.longestDelay)
        self.delay = delay
        context.requestSnapshot(after: delay)
    }
}

extension SupervisorConfiguration {
    /// The processes of all programs and listeners.
    fileprivate var allProcesses: Set<ProcessName> {
        Set(programs.flatMap { $0.processes } + eventListeners.flatMap { $0.program.processes })
    }
}
