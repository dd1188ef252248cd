import ListenerKit

/// What the watch for failures begins with: its options, and what the configuration says.
struct FatalExitBeginning {
    /// What shuts down supervisord.
    let triggers: [ShutdownTrigger]
    /// Which programs can.
    var selection = ProgramSelection.all
    /// The status to exit with after a failure; nil for the program's own.
    var status: UInt8?
    /// By what programs are judged.
    let configuration: FatalExitReducer.Configuration
    /// Whether supervisord can be asked anything.
    var canAsk = true
    /// Whether to ask for a snapshot if supervisord may have read another configuration.
    var asksForUpdates = true
}
