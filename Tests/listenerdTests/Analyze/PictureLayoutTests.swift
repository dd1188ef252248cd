import Testing

@testable import listenerd

/// Where things are in the picture of a startup.
@Suite struct PictureLayoutTests {
    private static let startups: [StartupTimeline] =
        [.usual, .troubled, .absurd, StartupTimeline(bars: [], total: 0, criticalChain: [])]
        + [1, 5, 12, 13, 40, 61, 200].flatMap { count in
            (0..<6).map { seed in
                let seconds = [0.01, 0.2, 3, 90, 4000, 90000][seed]
                return .random(count, seed: UInt64(count + seed), seconds: seconds, failing: seed == 2 ? nil : 30)
            }
        }

    private let layouts = startups.map { PictureLayout($0) }

    @Test func noTwoBarsOverlap() {
        for layout in layouts {
            for (row, next) in zip(layout.rows, layout.rows.dropFirst()) {
                #expect(row.bar.row.maxY <= next.bar.row.y + 0.001)
            }
            for bar in layout.rows.map(\.bar) {
                #expect(bar.parts.allSatisfy { $0.box.y >= bar.row.y && $0.box.maxY <= bar.row.maxY })
                for (part, next) in zip(bar.parts, bar.parts.dropFirst()) {
                    #expect(part.box.maxX <= next.box.x + 0.001)
                }
            }
        }
    }

    @Test func everyPhaseCanBeSeen() {
        for (layout, startup) in zip(layouts, Self.startups) {
            #expect(layout.rows.map(\.bar.process).sorted() == Array(startup.bars.indices))
            for row in layout.rows {
                #expect(row.bar.parts.allSatisfy { $0.box.width >= 2 })
                #expect(row.bar.parts.isEmpty == (startup.bars[row.bar.process].started == nil))
            }
        }
    }

    @Test func allTextsAreInsideThePicture() {
        for layout in layouts {
            for text in layout.texts {
                #expect(text.minX >= 0 && text.maxX <= PictureLayout.width, "\(text)")
                #expect(text.y - text.size >= 0 && text.y <= layout.height, "\(text)")
            }
            let chainEnd = PictureLayout.margin + (layout.chain?.width ?? 0)
            #expect(chainEnd <= PictureLayout.width)
            #expect(layout.legend.entries.allSatisfy { $0.box.x >= 0 && $0.box.maxX <= $0.text.minX })
        }
    }

    @Test func namesDoNotReachTheBarsNorLabelsTheNames() {
        for layout in layouts {
            for row in layout.rows {
                #expect(row.name.maxX < layout.plot.x && row.label.minX >= layout.plot.x, "\(row.name) \(row.label)")
            }
            for (label, next) in zip(layout.axis.upperLabels, layout.axis.upperLabels.dropFirst()) {
                #expect(label.maxX < next.minX)
            }
        }
    }

    @Test func arrowsLeadFromBarsToBars() throws {
        for layout in layouts {
            for arrow in layout.arrows {
                let source = try #require(layout.rows[arrow.from].bar.box)
                let target = layout.rows[arrow.to].bar
                let (start, end) = (try #require(arrow.points.first), try #require(arrow.points.last))
                #expect(source.touches(start), "\(arrow)")
                if let box = target.box {
                    #expect(box.touches(end), "\(arrow)")
                } else {
                    #expect(end.y == target.row.middle && arrow.kind == .unmet, "\(arrow)")
                }
                for (from, to) in zip(arrow.points, arrow.points.dropFirst()) {
                    #expect(from.x == to.x || from.y == to.y && from.x < to.x, "\(arrow)")
                }
            }
        }
    }

    @Test func everyLinkOfTheSlowestChainHasAnArrow() {
        for (layout, startup) in zip(layouts, Self.startups)
        where startup.criticalChain.allSatisfy({ $0 < startup.bars.count }) {
            let links = layout.arrows.filter { $0.kind == .chain }.map {
                [$0.from, $0.to].map { layout.rows[$0].bar.process }
            }
            #expect(links == zip(startup.criticalChain, startup.criticalChain.dropFirst()).map { [$0, $1] })
        }
    }

    @Test func everyProcessHasOneArrowFromWhatItWaitedForLast() {
        for (layout, startup) in zip(layouts, Self.startups) where startup.total < 1e300 {
            for (index, row) in layout.rows.enumerated() where !row.bar.parts.isEmpty {
                let waits = startup.bars[row.bar.process].waits.filter { $0.time != nil }
                let strong = layout.arrows(to: index).filter { $0.kind != .minor }
                #expect(strong.count == (waits.isEmpty ? 0 : 1))
                let last = waits.compactMap(\.time).max()
                #expect(
                    strong.allSatisfy { arrow in
                        waits.contains { $0.bar == layout.rows[arrow.from].bar.process && $0.time == last }
                    }
                )
            }
        }
    }

    @Test func labelsAreNotCrossedByTheSlowestChain() {
        for layout in layouts {
            for row in layout.rows where !row.isLabelOnBar && row.label.anchor == .start && !row.bar.parts.isEmpty {
                for arrow in layout.arrows where arrow.kind == .chain && arrow.to != arrow.from {
                    for (from, to) in zip(arrow.points, arrow.points.dropFirst()) where from.x == to.x {
                        let isBeside = from.x < row.label.minX || from.x > row.label.maxX
                        let isElsewhere = max(from.y, to.y) < row.label.y || min(from.y, to.y) > row.label.y
                        #expect(isBeside || isElsewhere, "\(row.label) \(arrow)")
                    }
                }
            }
        }
    }

    @Test func processesThatNeverStartedAreBelowTheOthersWithTheReason() throws {
        let layout = PictureLayout(.troubled)
        let heading = try #require(layout.neverStarted)
        for row in layout.rows {
            #expect((row.label.y > heading.y) == row.bar.parts.isEmpty)
        }
        let labels = layout.rows.filter(\.bar.parts.isEmpty).map(\.label.content)
        #expect(labels == ["waiting for <a> & others to be running", "never started", ""])
    }

    @Test func manyArrowsThatDoNotMatterMuchAreOnlyShownWhenAskedFor() {
        #expect(PictureLayout(.usual).showsMinorArrows)
        #expect(!PictureLayout(.random(200, seed: 1, waits: 6, failing: nil)).showsMinorArrows)
    }

    @Test(
        arguments: [
            (
                StartupTimeline.usual,
                ["waiting", "starting", "becoming ready", "running until it exited", "up", "slowest chain"]
            ),
            (
                .troubled,
                [
                    "waiting", "starting", "becoming ready", "running until it exited", "up", "failed",
                    "what it waited for last", "what never came", "slowest chain",
                ]
            ),
            (
                StartupTimeline(bars: [StartupTimeline.Bar("a", 0, 1)], total: 1, criticalChain: [0]),
                ["starting", "up"]
            ),
        ]
    )
    func theLegendTellsWhatIsInThePicture(startup: StartupTimeline, words: [String]) {
        #expect(PictureLegend(startup, y: 0).entries.map(\.text.content) == words)
    }
}

extension PictureLayout {
    /// All texts but the slowest chain.
    fileprivate var texts: [PictureText] {
        let texts = [heading, summary] + legend.entries.map(\.text) + axis.upperLabels + axis.lowerLabels
        return texts + rows.flatMap { [$0.name, $0.label] } + (neverStarted.map { [$0] } ?? [])
    }
}

extension PictureBox {
    /// Returns whether a place is on the edge, or inside.
    fileprivate func touches(_ point: PicturePoint) -> Bool {
        let tolerance = 0.001
        return (x - tolerance...maxX + tolerance).contains(point.x)
            && (y - tolerance...maxY + tolerance).contains(point.y)
    }
}
