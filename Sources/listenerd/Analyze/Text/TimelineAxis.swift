/// The scale above the bars.
struct TimelineAxis {
    private let total: Double
    private let columns: Int

    /// The fewest columns from one number to the next.
    private static let fewestColumns = 10

    init(_ total: Double, columns: Int) {
        self.total = total
        self.columns = columns
    }

    /// Numbers of seconds, each of which ends to the right of its place: `|0       |2       |4`.
    var text: String {
        var text = ""
        var tick = 0
        while Double(tick) * step <= total {
            let column = total > 0 ? Int((Double(tick) * step / total * Double(columns)).rounded()) : 0
            let label = "|" + label(Double(tick) * step) + (tick == 0 ? " s" : "")
            guard column + label.utf8.count <= columns else {
                break
            }
            text += String(repeating: " ", count: max(0, column - text.utf8.count)) + label
            tick += 1
        }
        return text
    }

    /// The seconds from one number to the next: 1, 2 or 5, or ten or a tenth of it, and so on.
    private var step: Double {
        var step = 0.01
        while step < 1e12 {
            for factor in [1.0, 2, 5] where total / (step * factor) * Double(Self.fewestColumns) <= Double(columns) {
                return step * factor
            }
            step *= 10
        }
        return step
    }

    private func label(_ seconds: Double) -> String {
        step >= 1 ? String(Int(seconds.rounded())) : seconds.secondsText
    }
}
