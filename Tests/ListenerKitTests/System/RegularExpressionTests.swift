import ExecutableTesting
import Testing

@testable import ListenerKit

@Suite struct RegularExpressionTests {
    @Test(arguments: [
        ("ready", "the server is ready now", true), ("^ready$", "ready", true), ("^ready$", "not ready", false),
        ("listening on [0-9]+", "listening on 5432", true), ("listening on [0-9]+", "listening on a port", false),
        ("(a|b){2}c?", "xabx", true), ("READY", "ready", false), ("^$", "", true), ("x", "", false),
        ("gr[öo]ße", "die größe", true), ("^.{5}$", "größe", true), ("gré?e", "gre", true), ("^ü", "ü", true),
    ])
    func aLineMatchesIfAPartOfItDoes(pattern: String, line: String, matches: Bool) throws {
        #expect(try RegularExpression(pattern).matches(line.utf8) == matches)
    }

    @Test func whatFollowsANULCountsToo() throws {
        let expression = try RegularExpression("^a.b$")
        #expect(expression.matches([0x61, 0, 0x62]))
        #expect(try !RegularExpression("a$").matches([0x61, 0, 0x62]))
    }

    @Test func aByteThatIsNoCharacterEndsNothing() throws {
        #expect(try RegularExpression("ready").matches([0xFF, 0xC3] + "ready".utf8 + [0x80]))
    }

    @Test func aLongLineIsMatchedAsFarAsItCounts() throws {
        let expression = try RegularExpression("z")
        let letters = [UInt8](repeating: 0x61, count: RegularExpression.longestLine - 1)
        #expect(expression.matches(letters + [0x7A]))
        #expect(!expression.matches(letters + [0x61, 0x7A]))
    }

    @Test(arguments: ["(", "[", "a{2", "[[:none:]]", "a{1,0}", "(a"])
    func whatIsNoExpressionIsSaidInTheWordsOfTheLibrary(pattern: String) {
        #expect { try RegularExpression(pattern) } throws: { error in
            (error as? RegularExpression.Malformed)?.reason.isEmpty == false
        }
    }

    @Test(arguments: [
        (String(repeating: "(", count: 1001), "longer than 1000 bytes"),
        ("((a{100}){100}){100}", "more than 1000 repetitions"), ("(a{10}){101}", "more than 1000 repetitions"),
        ("a{99999999999999999999}{2000}", "more than 1000 repetitions"), ("a{5000}", "more than 1000 repetitions"),
    ])
    func onePatternCannotTakeAllOfTheMachine(pattern: String, reason: String) {
        #expect(throws: RegularExpression.Malformed(reason: reason)) { try RegularExpression(pattern) }
    }

    @Test func everyPatternIsAnExpressionOrNone() {
        var random = SeededGenerator(state: 13)
        let alphabet = Array("ab.*+?()[]{}|^$\\,0129:-é".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let expression = try? RegularExpression(String(decoding: bytes, as: UTF8.self))
            _ = expression?.matches(bytes)
        }
    }

    @Test func threadsShareOne() async throws {
        let expression = try RegularExpression("^(a|ä)+$")
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<200).allSatisfy { _ in expression.matches("aäaä".utf8) && !expression.matches("aäb".utf8) }
                }
            }
            for await matched in group {
                #expect(matched)
            }
        }
    }
}
