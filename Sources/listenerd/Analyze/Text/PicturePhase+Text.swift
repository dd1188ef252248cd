extension PicturePhase.Kind {
    /// The character of a bar in a terminal.
    func mark(_ style: TextStyle) -> String {
        switch self {
        case .starting: style.isUnicode ? "█" : "#"
        case .becomingReady: style.isUnicode ? "▒" : "+"
        case .completing: style.isUnicode ? "━" : "="
        case .up: style.isUnicode ? "─" : "-"
        }
    }

    /// Its color in a terminal.
    var attribute: TextStyle.Attribute {
        switch self {
        case .starting: .yellow
        case .becomingReady: .cyan
        case .completing: .blue
        case .up: .green
        }
    }
}

extension StartupTimeline.Bar {
    /// Returns how long a process was in a phase; nil if it was not.
    func seconds(_ kind: PicturePhase.Kind, total: Double) -> Double? {
        phases(until: total).first { $0.kind == kind && $0.end > $0.start }.map { $0.end - $0.start }
    }

    /// Returns how long a process took from its start to where it should be, or to the end of the startup if it never was there.
    func ownSeconds(total: Double) -> Double {
        phases(until: total).filter { $0.kind != .up }.reduce(0) { $0 + ($1.end - $1.start) }
    }
}
