import ListenerKit

@testable import Handlers

/// Something that the reducer is given, and what it decides.
struct FatalExitStep: Sendable {
    /// When, since the beginning.
    var time = Duration.zero
    let input: @Sendable () -> FatalExitInput
    let decisions: [String]

    /// Something that is given.
    static func given(
        _ input: @autoclosure @escaping @Sendable () -> FatalExitInput,
        at time: Duration = .zero,
        _ decisions: String...
    ) -> FatalExitStep {
        FatalExitStep(time: time, input: input, decisions: decisions)
    }

    /// A change of state.
    static func change(
        _ name: String,
        _ previous: ProcessState,
        _ transition: ProcessStateEvent.Transition,
        at time: Duration = .zero,
        _ decisions: String...
    ) -> FatalExitStep {
        let header = EventHeader(name: "PROCESS_STATE_\(transition.state)")
        let event = ProcessStateEvent(header: header, process: .of(name), previous: previous, transition: transition)
        return FatalExitStep(time: time, input: { .change(event) }, decisions: decisions)
    }
}

extension FatalExitInput {
    /// A snapshot of the beginning.
    static func snapshot(of processes: ProcessInformation...) -> FatalExitInput {
        .snapshot(Snapshot(processes: processes, reason: .request), nil)
    }
}

extension ProcessInformation {
    /// A process that was started at 900 s, if it was, and exited at 950 s, if it has.
    static func of(_ name: String, _ state: ProcessState, status: Int = 0) -> ProcessInformation {
        ProcessInformation(
            name: .of(name),
            state: state,
            startTime: state == .stopped ? nil : Timestamp(seconds: 900),
            stopTime: state == .exited ? Timestamp(seconds: 950) : nil,
            now: Timestamp(seconds: 1000),
            exitStatus: status
        )
    }
}
