import Handlers
import ListenerKit

/// The order of a stop as text: one line for each program, with a bar for the time in which it may stop.
struct StopText {
    private let stop: PlannedStop
    private let style: TextStyle

    /// The fewest columns of the bars, however narrow the terminal is.
    private static let fewestBarColumns = 20

    init(_ stop: PlannedStop, _ style: TextStyle) {
        self.stop = stop
        self.style = style
    }

    /// The lines, as text.
    var text: [UInt8] {
        let summary = sums.map { $0 + "\n" }.joined()
        guard !stop.forecast.waves.isEmpty else {
            return Array(summary.utf8)
        }
        return chart + Array("\n\(summary)".utf8)
    }

    /// The waves.
    private var chart: [UInt8] {
        let forecast = stop.forecast
        let chain = Set(forecast.longestChain)
        let numbers = forecast.waves.indices.map { String($0 + 1) }
        let times = forecast.steps.map { "\($0.seconds) s" }
        let widths = (
            wave: max("wave".count, numbers.last?.count ?? 0),
            time: max("at most".count, times.map { $0.count }.max() ?? 0)
        )
        let names = forecast.steps.indices.map { name(of: $0) }
        let nameColumns = min(names.map { $0.unicodeScalars.count }.max() ?? 0, max(8, style.columns / 3))
        // Two columns on each side of the time, two for the mark, and two before the bar.
        let barColumns = max(Self.fewestBarColumns, style.columns - widths.wave - widths.time - nameColumns - 9)
        var lines = ["wave  \(aligned("at most", widths.time))    program"]
        for (wave, number) in zip(forecast.waves, numbers) {
            for step in wave {
                let isLongest = chain.contains(step)
                let name = style.fit(names[step], nameColumns)
                let marked = isLongest ? "* " + style.text(name, .bold) : "  " + name
                let line =
                    "\(aligned(number, widths.wave))  \(aligned(times[step], widths.time))  \(marked)  "
                    + bar(of: step, barColumns, isLongest)
                lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
            }
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    /// How long the stop is, and why.
    private var sums: [String] {
        let chain = stop.chain.map { ": \($0)" } ?? ""
        let groups = stop.groups.map { ": \($0)" } ?? ""
        return [
            "at most \(stop.forecast.seconds) s with 'listenerd supervise --ordered-startup'\(chain)",
            "at most \(stop.budget.seconds) s by supervisord alone, one group after the other\(groups)",
        ]
    }

    private func name(of step: Int) -> String {
        var bytes: [UInt8] = []
        bytes.append(escaping: stop.forecast.steps[step].program ?? "")
        return String(decoding: bytes, as: UTF8.self) + (stop.isListener(step) ? " (listener)" : "")
    }

    /// The time from the latest beginning of a step to its latest end.
    private func bar(of step: Int, _ columns: Int, _ isLongest: Bool) -> String {
        let (end, seconds) = (stop.forecast.ends[step], stop.forecast.steps[step].seconds)
        guard seconds > 0 else {
            return ""
        }
        func column(_ time: Int) -> Int {
            Int((Double(time) / Double(max(1, stop.forecast.seconds)) * Double(columns)).rounded())
        }
        // What costs time is one column at least.
        let first = min(column(max(0, end - seconds)), columns - 1)
        let bar = String(repeating: style.isUnicode ? "█" : "#", count: max(1, column(end) - first))
        return String(repeating: " ", count: first) + (isLongest ? style.text(bar, .yellow) : bar)
    }

    private func aligned(_ text: String, _ columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - text.unicodeScalars.count)) + text
    }
}
