/// The slowest chain in words: `slowest chain: a → b 0.3 s → c 2.3 s`.
struct PictureChain: Equatable {
    /// A process of the chain.
    struct Link: Equatable {
        let name: String
        /// When it was started, in words; empty for the first one.
        let started: String

        /// Stands for links that are left out.
        static let omitted = Link(name: "…", started: "")
    }

    /// How wide a name may be.
    private static let longestName = 160.0

    /// What stands before the links.
    let title: PictureText
    /// The links; the first ones after the beginning are left out if there is no room.
    let links: [Link]

    /// Describes the chain; nil if nothing waited for anything.
    ///
    /// - Parameters:
    ///   - timeline: The startup.
    ///   - y: The base line of the text.
    init?(_ timeline: StartupTimeline, y: Double) {
        let bars = timeline.criticalChain.compactMap { timeline.bars.indices.contains($0) ? timeline.bars[$0] : nil }
        guard bars.count > 1 else {
            return nil
        }
        title = PictureText(content: "slowest chain: ", x: PictureLayout.margin, y: y, size: PictureLayout.textSize)
        let all = bars.enumerated().map { position, bar in
            let name = bar.name.escapedForDisplay.elided(to: Self.longestName, size: PictureLayout.textSize)
            let started = bar.started.map { " " + PictureTime.text($0.clamped(to: PictureLayout.longestTime)) } ?? ""
            return Link(name: name, started: position == 0 ? "" : started)
        }
        var links = all
        var count = all.count - 1
        while Self.width(title, links) > PictureLayout.width - 2 * PictureLayout.margin, count > 1 {
            count -= 1
            links = [all[0], .omitted] + all.suffix(count)
        }
        self.links = links
    }

    /// How wide all of it is, at most.
    var width: Double { Self.width(title, links) }

    private static func width(_ title: PictureText, _ links: [Link]) -> Double {
        title.width + links.map { $0.name + $0.started }.joined(separator: " → ").width(size: title.size)
    }
}
