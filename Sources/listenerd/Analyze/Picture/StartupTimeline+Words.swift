extension StartupTimeline {
    /// How many of the things that a process waited for are listed.
    private static let listedWaits = 8

    /// The picture's heading.
    var heading: String {
        let isUnfinished = bars.contains { bar in
            if case .unfinished = bar.outcome { true } else { false }
        }
        let time = PictureTime.text(total.clamped(to: PictureLayout.longestTime))
        return isUnfinished ? "Startup not finished after \(time)" : "Startup took \(time)"
    }

    /// How many processes there are, and how many of them had difficulties: `5 processes · 1 failed · 2 restarts`.
    var summary: String {
        var failed = 0
        var unfinished = 0
        for bar in bars {
            switch bar.outcome {
            case .failed: failed += 1
            case .unfinished: unfinished += 1
            case .ready, .completed: break
            }
        }
        let restarts = bars.reduce(0) { $0 &+ $1.restarts }
        let parts = [
            "\(bars.count) \(bars.count == 1 ? "process" : "processes")",
            failed > 0 ? "\(failed) failed" : nil,
            unfinished > 0 ? "\(unfinished) not finished" : nil,
            restarts > 0 ? restarts.counted("restart") : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: " · ")
    }

    /// Returns everything about a process, in lines.
    func details(of bar: Bar) -> [String] {
        var lines = [bar.name.escapedForDisplay]
        let waits = bar.waits.filter { bars.indices.contains($0.bar) }
        let words = waits.prefix(Self.listedWaits).map { wait in
            let name = bars[wait.bar].name.escapedForDisplay
            return "\(name) to be \(wait.condition): \(wait.time.map { PictureTime.text(sane($0)) } ?? "never")"
        }
        if let started = bar.started, sane(started) > 0 {
            lines.append("started after \(PictureTime.text(sane(started)))")
        }
        if !words.isEmpty {
            lines.append(bar.started == nil ? "waits for" : "waited for")
            lines += words.map { "  \($0)" }
        }
        if waits.count > Self.listedWaits {
            lines.append("  and \(waits.count - Self.listedWaits) more")
        }
        lines += bar.phases(until: sane(total)).map { phase in
            "\(phase.kind.words): \(PictureTime.text(phase.end - phase.start))"
        }
        return lines + bar.difficulties
    }

    private func sane(_ time: Double) -> Double {
        time.clamped(to: PictureLayout.longestTime)
    }
}

extension StartupTimeline.Bar {
    /// What stands beside the bar: how long it took, or what went wrong.
    var label: String {
        var parts: [String] = []
        switch outcome {
        case .ready: parts.append(duration(until: ready ?? running))
        case .completed: parts.append(duration(until: exited ?? ready ?? running))
        case .failed(let words), .unfinished(let words): parts.append(words.escapedForDisplay)
        }
        if restarts > 0 {
            parts.append("↻ \(restarts.counted("restart"))")
        } else if failures > 1 || failures == 1 && !isFailed {
            parts.append(failures.counted("failure"))
        }
        return parts.joined(separator: " · ")
    }

    /// What went wrong, in lines.
    fileprivate var difficulties: [String] {
        var lines: [String] = []
        switch outcome {
        case .ready, .completed: break
        case .failed(let words): lines.append("failed: \(words.escapedForDisplay)")
        case .unfinished(let words): lines.append("not finished: \(words.escapedForDisplay)")
        }
        if failures > 0 {
            lines.append(failures.counted("failure"))
        }
        if restarts > 0 {
            lines.append(restarts.counted("restart"))
        }
        return lines
    }

    private var isFailed: Bool {
        if case .failed = outcome { true } else { false }
    }

    private func duration(until time: Double?) -> String {
        guard let started, let time else {
            return "never started"
        }
        let end = PictureLayout.longestTime
        return PictureTime.text(max(0, time.clamped(to: end) - started.clamped(to: end)))
    }
}

extension PicturePhase.Kind {
    /// What it is called, in the legend and elsewhere.
    var words: String {
        switch self {
        case .starting: "starting"
        case .becomingReady: "becoming ready"
        case .completing: "running until it exited"
        case .up: "up"
        }
    }
}

extension Int {
    /// Returns the number and what is counted: `1 restart`, `2 restarts`.
    fileprivate func counted(_ noun: String) -> String {
        "\(self) \(noun)\(self == 1 ? "" : "s")"
    }
}
