import Handlers
import ListenerKit

/// An event listener that runs listenerd, with everything that rules look at.
struct CheckedListener: Sendable {
    /// The section.
    let listener: EventListenerConfiguration
    /// The command.
    let command: ListenerCommand
    /// The handlers and options of the command, or the error in it.
    let request: Result<ListenRequest, UsageError>
    /// The events that supervisord sends to it, compared with what handlers need.
    let events: ListenerSectionCheck
    /// The configuration that it is part of.
    let loaded: LoadedPlan

    /// Prepares the check of a listener; nil if it runs another program.
    init?(_ listener: EventListenerConfiguration, _ loaded: LoadedPlan) {
        guard let command = ListenerCommand(listener.program.command) else {
            return nil
        }
        self.listener = listener
        self.command = command
        self.loaded = loaded
        request = Result { () throws(UsageError) in try command.request() }
        events = ListenerSectionCheck(listener)
    }

    /// The name after the colon.
    var name: String { listener.name }

    /// The part that it has in common with a program.
    var program: ProgramConfiguration { listener.program }
}
