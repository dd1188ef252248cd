/// Where the time of a startup went: one bar for each process, and what each waited for.
///
/// All times are seconds since the beginning of the startup.
struct StartupTimeline {
    /// A process, from the beginning of the startup.
    struct Bar {
        /// Something that the process waited for.
        struct Wait {
            /// The index of the process that it waited for.
            let bar: Int
            /// What that process had to reach, in words: `running`, `completed`, `ready`.
            let condition: String
            /// When it was reached; nil if it never was.
            let time: Double?
        }

        /// How it has ended.
        enum Outcome: Equatable {
            /// It is up, and ready.
            case ready
            /// It has exited as expected.
            case completed
            /// It has failed for good; the reason in words: `FATAL`, `exited unexpectedly with status 3`.
            case failed(String)
            /// It was still on its way when the log ended: in words, `waiting for database to be running`.
            case unfinished(String)
        }

        /// The name, as supervisorctl writes it.
        let name: String
        /// What it waited for, in the order of the plan.
        let waits: [Wait]
        /// When supervisord began to start it; nil if it never did.
        let started: Double?
        /// When it was RUNNING; nil if it never was.
        let running: Double?
        /// When its gates had passed; the same as `running` if it has none, nil if they have not.
        let ready: Double?
        /// When it exited; nil if it did not.
        let exited: Double?
        /// How it has ended.
        let outcome: Outcome
        /// How often supervisord has started it again.
        let restarts: Int
        /// How often a start failed, or it exited unexpectedly.
        let failures: Int
    }

    /// The processes, in the order in which they were started; those that never were come last.
    let bars: [Bar]
    /// When the last process of the startup was where it should be, or when the log ended.
    let total: Double
    /// The chain of processes that took longest, by their indices, in the order of time: each was started once the one before it was
    /// where it should be.
    let criticalChain: [Int]
}
