import ListenerKit

/// Something that the reducer is given.
enum FatalExitInput {
    /// A process has changed its state.
    case change(ProcessStateEvent)
    /// A group was added or removed.
    case group(ProcessGroupEvent)
    /// supervisord runs, or is being shut down.
    case supervisor(SupervisorStateEvent)
    /// How all processes stand, and another configuration if supervisord has read one.
    case snapshot(Snapshot, FatalExitReducer.Configuration?)
    /// The alarm has gone off.
    case alarm
    /// How all processes are, because that was asked, and another configuration if supervisord has read one.
    case allProcesses([ProcessInformation], FatalExitReducer.Configuration?)
    /// supervisord has not said how all processes are; maybe because it is being shut down.
    case noProcesses(isStopping: Bool)
    /// The answer about the process that has met a trigger; nil if there is none, as supervisord cannot be asked, or as there is
    /// no such process.
    case process(ProcessInformation?)
    /// supervisord does not have the process any more that was asked about.
    case processIsRemoved
    /// supervisord is being shut down, and so refuses the question.
    case isStopping
    /// Whether supervisord is being shut down now as it was to be.
    case shutdown(hasBegun: Bool)
}
