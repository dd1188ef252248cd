/// A part of a process's startup, in seconds since the startup began.
struct PicturePhase: Equatable {
    /// What the process does in it.
    enum Kind: CaseIterable {
        /// supervisord starts it, until it is RUNNING.
        case starting
        /// It is RUNNING, and its gates have not all passed.
        case becomingReady
        /// It runs until it exits, as it should.
        case completing
        /// It is up.
        case up
    }

    let kind: Kind
    let start: Double
    let end: Double
}

extension StartupTimeline.Bar {
    /// Returns the phases of the process, one after the other; none if it was never started.
    ///
    /// - Parameter total: The end of the picture, in seconds: what comes later counts as if it came then.
    /// - Returns: The phases, in the order of time.
    func phases(until total: Double) -> [PicturePhase] {
        guard let started else {
            return []
        }
        // Gates that nothing waits for need not have been tried.
        let ready = ready ?? (outcome == .ready || outcome == .completed ? running : nil)
        let end = outcome == .ready ? total : exited?.clamped(to: total) ?? total
        var phases: [PicturePhase] = []
        var start = started.clamped(to: total)
        func add(_ kind: PicturePhase.Kind, until time: Double?) {
            // Times that contradict each other make phases that take no time.
            let phaseEnd = max(start, min(time?.clamped(to: total) ?? end, end))
            phases.append(PicturePhase(kind: kind, start: start, end: phaseEnd))
            start = phaseEnd
        }
        add(.starting, until: running ?? ready)
        guard running != nil || ready != nil else {
            return phases
        }
        if running != nil, ready != running {
            add(.becomingReady, until: ready)
        }
        if ready != nil {
            add(outcome == .completed ? .completing : .up, until: end)
        }
        return phases
    }
}

extension Double {
    /// Returns the number, or the nearest one from 0 to `end`; `end` if it is no number.
    func clamped(to end: Double) -> Double {
        isNaN ? end : Swift.min(Swift.max(self, 0), end)
    }
}
