package import ListenerKit

extension FatalExit: PromptHandler {
    /// Judges a change; most changes have no consequences.
    package func begin(_ event: Event) -> Beginning {
        guard case .processState(let change) = event else {
            return .notBegun
        }
        guard let judgement = judge(change) else {
            return .done
        }
        return .unfinished { [self] in await act(on: judgement) }
    }
}
