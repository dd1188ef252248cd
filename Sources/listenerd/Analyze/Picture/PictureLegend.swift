/// What the colors and signs of the picture mean.
struct PictureLegend {
    /// A sign whose meaning is told.
    enum Sign: Equatable {
        case waiting
        case phase(PicturePhase.Kind)
        case failed
        case arrow(PictureArrow.Kind)
    }

    /// A sign and its meaning.
    struct Entry: Equatable {
        let sign: Sign
        /// The sign, which is as wide as high texts are.
        let box: PictureBox
        let text: PictureText
    }

    private static let signWidth = 22.0
    private static let lineHeight = 20.0

    /// Only of what is in the picture.
    let entries: [Entry]
    /// Where the legend ends.
    let bottom: Double

    init(_ timeline: StartupTimeline, y: Double) {
        var entries: [Entry] = []
        var x = PictureLayout.margin
        var y = y
        for (sign, words) in Self.signs(of: timeline) {
            let size = PictureLayout.textSize
            let width = Self.signWidth + 6 + words.width(size: size)
            if x + width > PictureLayout.width - PictureLayout.margin {
                x = PictureLayout.margin
                y += Self.lineHeight
            }
            let box = PictureBox(x: x, y: y - 10, width: Self.signWidth, height: 12)
            let text = PictureText(content: words, x: box.maxX + 6, y: y, size: size)
            entries.append(Entry(sign: sign, box: box, text: text))
            x += width + 16
        }
        self.entries = entries
        bottom = y + 4
    }

    private static func signs(of timeline: StartupTimeline) -> [(Sign, String)] {
        let phases = timeline.bars.flatMap { $0.phases(until: timeline.total.clamped(to: PictureLayout.longestTime)) }
        let kinds = PicturePhase.Kind.allCases.filter { kind in phases.contains { $0.kind == kind } }
        let followers = Set(timeline.criticalChain.dropFirst())
        let isDecided = timeline.bars.indices.contains { index in
            let bar = timeline.bars[index]
            return bar.started != nil && !followers.contains(index) && bar.waits.contains { $0.time != nil }
        }
        let isUnmet = timeline.bars.contains { $0.started == nil && !$0.waits.isEmpty }
        let failed = timeline.bars.contains { bar in
            if case .failed = bar.outcome { true } else { false }
        }
        var signs: [(Sign, String)] = timeline.bars.allSatisfy(\.waits.isEmpty) ? [] : [(.waiting, "waiting")]
        signs += kinds.map { (.phase($0), $0.words) }
        signs += failed ? [(.failed, "failed")] : []
        signs += isDecided ? [(.arrow(.decisive), "what it waited for last")] : []
        signs += isUnmet ? [(.arrow(.unmet), "what never came")] : []
        signs += timeline.criticalChain.count > 1 ? [(.arrow(.chain), "slowest chain")] : []
        return signs
    }
}
