import ListenerKit

/// Questions about how the gates stand: as long as one is open, every gate that can be tried is.
extension GateReducer {
    /// How long whoever asks waits at most for gates to be tried.
    private static let answerTimeout = Duration.seconds(1)

    /// Follows that somebody asks.
    mutating func ask(_ question: Int, at now: ContinuousClock.Instant) {
        questions.append((question, now))
        for index in processes.indices where !processes[index].isAwaited {
            change(index) { process in
                for gate in process.states.indices {
                    process.states[gate].hurry()
                }
            }
        }
        lookAgain()
    }

    /// Follows that somebody does not wait for the answer any more.
    mutating func hangUp(_ question: Int) {
        questions.removeAll { $0.id == question }
        lookAgain()
    }

    /// Answers the questions that need not wait any longer.
    mutating func answerQuestions(at now: ContinuousClock.Instant) {
        for (id, time) in questions {
            if hasTriedAll(since: time) || time + Self.answerTimeout <= now {
                decide(.answer(question: id))
                questions.removeAll { $0.id == id }
            } else {
                wait(until: time + Self.answerTimeout)
            }
        }
    }

    /// Whether each gate that is shut and can be tried has been tried since a time, or is tried for somebody else anyway.
    private func hasTriedAll(since time: ContinuousClock.Instant) -> Bool {
        processes.allSatisfy { process in
            guard process.canBeTried else {
                return true
            }
            return zip(process.gates, process.states).allSatisfy { gate, state in
                guard case .probe = gate.kind, !state.hasPassed else {
                    return true
                }
                return state.lastTried.map { process.isAwaited || $0 >= time } ?? false
            }
        }
    }

    /// How the gates of all processes stand.
    var report: GateReport { GateReport(processes: processes.map { $0.report }) }
}
