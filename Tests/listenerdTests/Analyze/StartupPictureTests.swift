import ExecutableTesting
import Foundation
import FoundationXML
import ListenerKit
import Testing

@testable import listenerd

/// The picture of `listenerd analyze --format svg`.
@Suite struct StartupPictureTests {
    private static let startups: [StartupTimeline] = [
        .usual, .troubled, .absurd, StartupTimeline(bars: [], total: 0, criticalChain: []),
        .random(40, seed: 7), .random(200, seed: 8),
    ]

    @Test(arguments: startups)
    func isWellFormed(startup: StartupTimeline) throws {
        let picture = try ParsedPicture(StartupPicture(startup).svg)
        let known: Set = ["svg", "title", "style", "pattern", "path", "rect", "text", "tspan", "g"]
        #expect(picture.elements.isSubset(of: known))
    }

    @Test(arguments: startups)
    func needsNothingFromElsewhere(startup: StartupTimeline) throws {
        let text = String(decoding: StartupPicture(startup).svg, as: UTF8.self)
        let picture = try ParsedPicture(Array(text.utf8))
        #expect(picture.attributes.isDisjoint(with: ["href", "xlink:href", "src", "onload", "onclick"]))
        for part in text.components(separatedBy: "url(").dropFirst() {
            #expect(part.hasPrefix("#"))
        }
        #expect(!text.contains("@import") && !text.contains("@font-face"))
    }

    @Test(arguments: startups)
    func isTheSameForTheSameStartup(startup: StartupTimeline) {
        #expect(StartupPicture(startup).svg == StartupPicture(startup).svg)
    }

    @Test func namesAndReasonsAreTextAsTheyAre() throws {
        let picture = try ParsedPicture(StartupPicture(.troubled).svg)
        for text in ["<script>\"&amp;\"</script>", "שרת-ראשי", "waiting for <a> & others to be running", "数据库"] {
            #expect(picture.texts.contains(text), "\(picture.texts)")
        }
        #expect(picture.titles.contains { $0.hasPrefix("bell\\u0007\\u001b[31m\\u202e\\n\u{FFFD}\n") })
        let long = StartupTimeline.troubled.bars[4].name
        #expect(picture.titles.contains { $0.hasPrefix(long + "\n") } && !picture.texts.contains(long))
    }

    @Test func everythingAboutAProcessIsShownUnderThePointer() throws {
        let picture = try ParsedPicture(StartupPicture(.usual).svg)
        #expect(
            picture.titles.contains(
                """
                api
                started after 7.3 s
                waited for
                  redis to be ready: 1.4 s
                  database to be ready: 7.3 s
                starting: 2.0 s
                up: 3.1 s
                """
            ),
            "\(picture.titles)"
        )
        #expect(picture.titles.first == "Startup took 12.4 s")
    }

    @Test func twoHundredProcessesThatAllWaitForEachOtherAreNoLargeFile() {
        let bars = (0..<200).map { index in
            let waits = (0..<index).map { StartupTimeline.Bar.Wait(bar: $0, condition: "running", time: Double($0)) }
            return StartupTimeline.Bar(
                "a-group-name:a-process-name_\(index)",
                after: waits,
                Double(index),
                Double(index) + 0.9
            )
        }
        let startup = StartupTimeline(bars: bars, total: 200, criticalChain: Array(0..<200))
        #expect(StartupPicture(startup).svg.count < 300_000)
    }

    @Test(arguments: [0, 1])
    func textCanBeReadInLightAndDark(scheme: Int) throws {
        let sheet = PictureStyle.sheet.components(separatedBy: "@media(prefers-color-scheme:dark)")
        try #require(sheet.count == 2)
        let background = try luminance("background", in: sheet[scheme])
        for name in ["ink", "quiet", "failed"] {
            let color = try luminance(name, in: sheet[scheme])
            let contrast = (max(color, background) + 0.05) / (min(color, background) + 0.05)
            // What WCAG 2.2 asks for, success criterion 1.4.3.
            #expect(contrast >= 4.5, "\(name): \(contrast)")
        }
    }

    /// Returns the relative luminance of a variable's color, as WCAG 2.2 defines it.
    private func luminance(_ variable: String, in sheet: String) throws -> Double {
        let color = try #require(sheet.components(separatedBy: "--\(variable):#").dropFirst().first?.prefix(6))
        let value = try #require(Int(color, radix: 16))
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return zip(parts, [0.2126, 0.7152, 0.0722]).map { $0 * $1 }.reduce(0, +)
    }

    /// `LISTENERD_TEST_WRITE_PICTURES=1` writes the files anew; look at them before they are committed.
    @Test(arguments: [("usual", StartupTimeline.usual), ("troubled", .troubled)])
    func looksAsItDid(name: String, startup: StartupTimeline) throws {
        let path = "\(TestedExecutable.package)/Tests/listenerdTests/Analyze/Pictures/\(name).svg"
        let picture = StartupPicture(startup).svg
        if ProcessInfo.processInfo.environment["LISTENERD_TEST_WRITE_PICTURES"] == "1" {
            try Data(picture).write(to: URL(fileURLWithPath: path))
        }
        let lines = String(decoding: picture, as: UTF8.self).components(separatedBy: "\n")
        let expected = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
        for (line, expectedLine) in zip(lines, expected) {
            #expect(line == expectedLine)
        }
        #expect(lines.count == expected.count)
    }
}
