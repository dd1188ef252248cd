import Foundation
import ListenerKit
import Testing

@testable import ListenerTesting

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
            // The last byte is a newline after the document.
            #expect(try readReply(bytes.dropLast(1)) == readReply(bytes))
            for count in 0..<bytes.count - 1 {
                #expect(throws: XMLRPCError.cutOff) { try readReply(Array(bytes.prefix(count))) }
            }
        }
    }

    /// A damaged reply leads to an error, or to a value that can be written and read again.
    @Test func aMutationIsReadOrRefused() throws {
        var (read, refused) = (0, 0)
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
            switch Result(catching: { () throws(XMLRPCError) in try readReply(bytes) }) {
            case .success(let reply):
                #expect(try readReply(in: HTTPReply(HTTPAnswer(reply).bytes).body) == reply)
                read += 1
            case .failure(.unexpected(_, let offset)):
                #expect(0...bytes.count ~= offset)
                refused += 1
            case .failure:
                refused += 1
            }
        }
        #expect(read > 50)
        #expect(refused > 1000)
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
        #expect(try Self.depth(of: readReply(nested(32)).get()) == 32)
        #expect(throws: XMLRPCError.tooDeep) { try readReply(nested(33)) }
        #expect(throws: XMLRPCError.tooDeep) { try readReply(nested(100_000)) }
    }

    private static func depth(of value: XMLRPCValue) -> Int {
        switch value {
        case .array(let values): 1 + (values.map { depth(of: $0) }.max() ?? 0)
        case .struct(let members): 1 + (members.values.map { depth(of: $0) }.max() ?? 0)
        default: 0
        }
    }

    /// A reply that is eight times as long takes about eight times as much CPU time, not sixty-four times.
    @Test(arguments: ["&", "&#", "&amp;", "<!--", "<!---->", "<?", "<a/>", "<", ">", "]]>"])
    func repetitionCostsLinearTime(piece: String) {
        func cost(count: Int) -> Double {
            let bytes = Array(Replies.document(String(repeating: piece, count: count)).utf8)
            // Other work of the machine can only add to it.
            return (0..<5).map { _ in Self.processorTime { _ = try? readReply(bytes) } }.min() ?? 0
        }
        let count = 400
        #expect(cost(count: 8 * count) < 24 * max(cost(count: count), 0.000_01))
    }

    /// Returns the CPU time that this thread has used for something, in seconds; it does not pass while other threads run.
    private static func processorTime(_ body: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        body()
        return now() - start
    }
}

/// Pseudorandom numbers, the same in every run.
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
