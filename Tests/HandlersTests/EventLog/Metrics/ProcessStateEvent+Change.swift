import ListenerKit

extension ProcessStateEvent {
    /// A change of a process, received so many seconds after 1970.
    static func change(
        _ transition: Transition,
        from previous: ProcessState = .unknown,
        of process: ProcessName = .of("web"),
        at seconds: Double = 0
    ) -> ProcessStateEvent {
        ProcessStateEvent(
            header: EventHeader(
                name: "PROCESS_STATE_\(transition.state)",
                time: Timestamp(nanoseconds: Int64(seconds * 1e9))
            ),
            process: process,
            previous: previous,
            transition: transition
        )
    }
}
