import ListenerKit
import Testing

@Suite struct XMLRPCReplyRobustnessTests {
    private let replies = [
        Replies.document(Replies.array(["a", "münchen"].map(Replies.process))),
        Replies.document("<boolean>1</boolean>"),
        Replies.document("a &amp; b<!-- c -->"),
        Replies.fault(10, "BAD_NAME: zz"),
    ]

    @Test func aReplyThatEndsTooEarlyIsRefusedWhereverItEnds() throws {
        for reply in replies {
            let bytes = Array(reply.utf8)
            #expect(throws: Never.self) { try readReply(bytes.dropLast(1)) }
            for count in 0..<bytes.count - 1 {
                #expect(throws: XMLRPCError.cutOff) { try readReply(Array(bytes.prefix(count))) }
            }
        }
    }

    @Test func noMutationCrashesTheReader() throws {
        var random = SplitMix(state: 20_261_121)
        let pieces = ["<", ">", "&", "</value>", "<struct>", "<!--", "-->", "/", "\u{0}", "<value>", "&#", ";"]
        for _ in 0..<3000 {
            var bytes = Array(try #require(replies.randomElement(using: &random)).utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, at + Int.random(in: 0...8, using: &random))
                let piece = try #require(pieces.randomElement(using: &random))
                bytes.replaceSubrange(
                    at..<end,
                    with: Bool.random(using: &random) ? Array(piece.utf8) : [UInt8(at & 255)]
                )
            }
            do {
                _ = try readReply(bytes)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test(arguments: [
        ("<array><data><value>", "</value></data></array>"),
        ("<struct><member><name>a</name><value>", "</value></member></struct>"),
    ])
    func deepNestingIsRefused(open: String, close: String) throws {
        func nested(_ depth: Int) -> [UInt8] {
            let value = String(repeating: open, count: depth) + String(repeating: close, count: depth)
            return Array(Replies.document(value).utf8)
        }
        #expect(throws: Never.self) { try readReply(nested(32)) }
        #expect(throws: XMLRPCError.tooDeep) { try readReply(nested(33)) }
        #expect(throws: XMLRPCError.tooDeep) { try readReply(nested(100_000)) }
    }

    @Test(arguments: ["&", "&#", "<!--", "<?", "<a/>", "<"])
    func repetitionCostsLinearTime(piece: String) {
        // Quadratic time over so many bytes would not end while somebody waits.
        let text = String(repeating: piece, count: 300_000 / piece.utf8.count)
        _ = try? readReply(Array(Replies.document(text).utf8))
    }
}

/// Numbers that look random and are the same in each run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
