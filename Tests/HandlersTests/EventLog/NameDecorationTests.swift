import ListenerKit
import Testing

@testable import Handlers

@Suite struct NameDecorationTests {
    private static func text(_ decoration: inout NameDecoration, _ process: ProcessName) -> String {
        var line: [UInt8] = []
        decoration.append(process, " |", to: &line)
        return String(decoding: line, as: UTF8.self)
    }

    @Test func namesAreAlignedWithTheLongestSoFar() {
        var decoration = NameDecoration(isColored: false)
        #expect(Self.text(&decoration, .of("web")) == "web |")
        #expect(Self.text(&decoration, ProcessName(group: "wörk", process: "a")) == "wörk:a |")
        #expect(Self.text(&decoration, .of("web")) == "web    |")
        _ = Self.text(&decoration, .of(String(repeating: "x", count: 100)))
        #expect(Self.text(&decoration, .of("web")) == "web\(String(repeating: " ", count: 21)) |")
    }

    @Test func aNameKeepsItsColor() {
        var decoration = NameDecoration(isColored: true)
        let web = Self.text(&decoration, .of("web"))
        #expect(web.wholeMatch(of: /\u{1B}\[3[2-6]mweb \|\u{1B}\[0m/) != nil)
        let others = (0..<20).map { Self.text(&decoration, .of("p\($0)")).prefix(5) }
        #expect(Set(others).count > 2)
        #expect(Self.text(&decoration, .of("web")).hasPrefix(web.prefix(5)))
    }
}
