package import ListenerKit

extension FatalExit: PromptHandler {
    /// Judges a change; most changes have no consequences.
    package func begin(_ event: Event) -> Beginning {
        guard case .processState(let change) = event else {
            return .notBegun
        }
        let commands = recorded.apply(change, at: context.now)
        return commands.isEmpty ? .done : .unfinished { [self] in await carryOut(commands) }
    }
}
