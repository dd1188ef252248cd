/// What the file of `--log-metrics` tells; the raw value is the name by which Prometheus knows it.
enum Metric: String, CaseIterable {
    // These four are named as in node_exporter's collector `supervisord`.
    case up = "node_supervisord_up"
    case state = "node_supervisord_state"
    case exitStatus = "node_supervisord_exit_status"
    case startTime = "node_supervisord_start_time_seconds"
    case restarts = "supervisord_process_restarts_total"
    case exits = "supervisord_process_exits_total"
    case fatal = "supervisord_process_fatal_total"
    case backoff = "supervisord_process_backoff_total"
    case ready = "supervisord_process_ready_seconds"
    case startup = "supervisord_startup_seconds"
    // The last one: a file that is cut off lacks it.
    case lostEvents = "supervisord_events_lost_total"

    /// Whether it tells how a process is now; a file that is not kept up to date does not have it.
    var isPresentState: Bool {
        switch self {
        case .up, .state, .exitStatus, .startTime: true
        default: false
        }
    }

    /// The word after `# TYPE`.
    var type: StaticString {
        switch self {
        case .restarts, .exits, .fatal, .backoff, .lostEvents: "counter"
        case .up, .state, .exitStatus, .startTime, .ready, .startup: "gauge"
        }
    }

    /// The text after `# HELP`.
    var help: StaticString {
        switch self {
        case .up: "Whether the process is up: STARTING, RUNNING or STOPPING."
        case .state: "supervisord's code of the state of the process."
        case .exitStatus: "The status with which the process last exited; -1 if a signal killed it."
        case .startTime: "When the process was started, in seconds since 1970."
        case .restarts: "How often supervisord has started the process again by itself."
        case .exits: "How often the process has exited by itself after it was RUNNING."
        case .fatal: "How often supervisord has given up to start the process."
        case .backoff: "How often a start of the process has failed."
        case .ready: "The seconds from the latest start of the process until it was ready."
        case .startup: "The seconds that the latest ordered startup took."
        case .lostEvents: "How many events of supervisord's were lost, and are not counted here."
        }
    }
}
