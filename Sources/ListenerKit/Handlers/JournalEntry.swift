/// Something that a handler has learned or decided, beside supervisord's events.
package struct JournalEntry: Sendable {
    /// The kinds of entries; the raw value is the `event` of their line in a log for machines.
    package enum Kind: String, Sendable, CaseIterable {
        /// A process is ready: it is RUNNING, and its gates have passed.
        case ready = "LISTENERD_READY"
        /// The startup is finished.
        case startup = "LISTENERD_STARTUP"
        /// A handler has begun; its details are its options, and what it has read from the configuration.
        case begin = "LISTENERD_BEGIN"
        /// How all processes were, as handlers of snapshots have been told.
        case snapshot = "LISTENERD_SNAPSHOT"
        /// Something other than an event or a snapshot that a handler was given: an alarm, an answer of supervisord's.
        case input = "LISTENERD_INPUT"
        /// What a handler has decided.
        case decision = "LISTENERD_DECISION"

        /// Whether it only serves to replay a run.
        package var isDetail: Bool { self != .ready && self != .startup }
    }

    /// When it was recorded.
    package let time: Timestamp
    /// What it is.
    package let kind: Kind
    /// The process that it is about.
    package let process: ProcessName?
    /// How long it took, in seconds: for a process from its start, for the startup from the beginning of the listener.
    package let seconds: Double?
    /// What a person reads; a sentence without a full stop.
    package let message: String?
    /// More, as a JSON object; empty if there is none.
    package let details: [UInt8]

    /// Describes something that happens now.
    package init(
        _ kind: Kind,
        process: ProcessName? = nil,
        seconds: Double? = nil,
        message: String? = nil,
        details: (inout JSONText) -> Void = { _ in }
    ) {
        var json = JSONText()
        details(&json)
        time = .now
        self.kind = kind
        self.process = process
        self.seconds = seconds
        self.message = message
        self.details = json.bytes
    }
}
