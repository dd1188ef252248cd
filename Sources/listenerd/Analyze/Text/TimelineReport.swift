import ListenerKit

/// Where the time of a startup went, as text.
struct TimelineReport {
    private let timeline: StartupTimeline
    private let beginning: Timestamp
    private let measuredTotal: Double?
    private let style: TextStyle

    /// Reports a startup.
    ///
    /// - Parameters:
    ///   - timeline: The startup.
    ///   - beginning: When it began.
    ///   - measuredTotal: How long it really took, if this is what might have been; else nil.
    ///   - style: What can be shown.
    init(_ timeline: StartupTimeline, beginning: Timestamp, insteadOf measuredTotal: Double? = nil, _ style: TextStyle)
    {
        self.timeline = timeline
        self.beginning = beginning
        self.measuredTotal = measuredTotal
        self.style = style
    }

    /// The report.
    var text: [UInt8] {
        var lines = [style.text(headline, .bold), ""]
        lines += TimelineChart(timeline, style).lines
        var bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        bytes += Array("\nslowest chain:\n".utf8) + chain.text
        bytes += Array("\nlongest first:\n".utf8) + table.text
        return bytes
    }

    private var headline: String {
        var text = "\(timeline.total.secondsText) s"
        if let measuredTotal {
            let difference = timeline.total - measuredTotal
            text += " instead of \(measuredTotal.secondsText) s, "
            text += "\(abs(difference).secondsText) s \(difference > 0 ? "more" : "less")"
        }
        text += ": \(counted(timeline.bars.count, "process", "processes")) from \(beginning)"
        let restarts = timeline.bars.reduce(0) { $0 + $1.restarts }
        let failures = timeline.bars.reduce(0) { $0 + $1.failures }
        text += restarts > 0 ? ", \(counted(restarts, "restart", "restarts"))" : ""
        return text + (failures > 0 ? ", \(counted(failures, "failure", "failures"))" : "")
    }

    private func counted(_ count: Int, _ one: String, _ several: String) -> String {
        "\(count) \(count == 1 ? one : several)"
    }

    /// The chain: when each process was started, why then, and what it took.
    private var chain: Table {
        var table = Table()
        var previous: Int?
        for index in timeline.criticalChain {
            let bar = timeline.bars[index]
            let wait = bar.waits.first { $0.bar == previous }
            let reason = wait.map { "after \(timeline.bars[$0.bar].name) (\($0.condition))" } ?? "at once"
            table.add([padded(bar.started), bar.name, reason, took(bar)])
            previous = index
        }
        return table
    }

    private func took(_ bar: StartupTimeline.Bar) -> String {
        let phases = bar.phases(until: timeline.total).filter { $0.kind != .up && $0.end > $0.start }
        return phases.map { "\($0.kind.words) \(($0.end - $0.start).secondsText) s" }.joined(separator: ", ")
    }

    private var table: Table {
        var table = Table()
        table.add(["   took", "waiting", "starting", "becoming ready", "process", "outcome"])
        let total = timeline.total
        let lengths = timeline.bars.map { $0.ownSeconds(total: total) }
        for index in timeline.bars.indices.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
            let bar = timeline.bars[index]
            let times = [
                bar.started.map { _ in lengths[index] },
                bar.started ?? total,
                bar.seconds(.starting, total: total),
                bar.seconds(.becomingReady, total: total),
            ]
            table.add(times.map { padded($0) } + [bar.name, outcome(bar)])
        }
        return table
    }

    private func outcome(_ bar: StartupTimeline.Bar) -> String {
        let words =
            switch bar.outcome {
            case .ready: "up at \((bar.ready ?? 0).secondsText) s"
            case .completed: "completed at \((bar.exited ?? 0).secondsText) s"
            case .failed(let reason): "failed: \(reason)"
            case .unfinished(let state): "unfinished: \(state)"
            }
        let restarts = bar.restarts > 0 ? ", \(counted(bar.restarts, "restart", "restarts"))" : ""
        return words + restarts + (bar.failures > 0 ? ", \(counted(bar.failures, "failure", "failures"))" : "")
    }

    /// A number of seconds in seven columns; a hyphen for none.
    private func padded(_ seconds: Double?) -> String {
        let text = seconds.map { $0.secondsText } ?? "-"
        return String(repeating: " ", count: max(0, 7 - text.utf8.count)) + text
    }
}
