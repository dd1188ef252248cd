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
        var bytes: [UInt8] = []
        if !stop.forecast.waves.isEmpty {
            bytes += Array(chart.map { $0 + "\n" }.joined().utf8) + [UInt8(ascii: "\n")]
        }
        for sum in sums {
            bytes.append(escaping: sum)
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }

    /// How wide the parts of a line are.
    private struct Columns {
        let wave: Int
        let time: Int
        let name: Int
        let bar: Int
    }

    /// The waves.
    private var chart: [String] {
        let steps = stop.forecast.steps.indices
        let wave = max("wave".count, String(stop.forecast.waves.count).count)
        let time = max("at most".count, steps.map { self.time(of: $0).count }.max() ?? 0)
        let name = min(steps.map { self.name(of: $0).unicodeScalars.count }.max() ?? 0, max(8, style.columns / 3))
        // Two columns on each side of the time, two for the mark, and two before the bar; the last one stays free.
        let bar = max(Self.fewestBarColumns, style.columns - wave - time - name - 9)
        let columns = Columns(wave: wave, time: time, name: name, bar: bar)
        let chain = Set(stop.forecast.longestChain)
        var lines = [aligned("wave", wave) + "  " + aligned("at most", time) + "    program"]
        for (index, wave) in stop.forecast.waves.enumerated() {
            lines += wave.map { line(of: $0, wave: index + 1, isLongest: chain.contains($0), columns) }
        }
        return lines
    }

    private func line(of step: Int, wave: Int, isLongest: Bool, _ columns: Columns) -> String {
        let bar = bar(of: step, columns.bar, isLongest)
        // Nothing is to stand at the end of a line that has no bar.
        let name = bar.isEmpty ? name(of: step) : style.fit(name(of: step), columns.name) + "  "
        return aligned(String(wave), columns.wave) + "  " + aligned(time(of: step), columns.time) + "  "
            + (isLongest ? "* " + style.text(name, .bold) : "  " + name) + bar
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

    private func time(of step: Int) -> String { "\(stop.forecast.steps[step].seconds) s" }

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
