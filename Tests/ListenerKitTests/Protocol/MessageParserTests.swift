import ExecutableTesting
import Testing

@testable import ListenerKit

@Suite struct MessageParserTests {
    private static let time = Timestamp(nanoseconds: 1)

    /// Everything that comes out where the input comes in pieces of one size.
    private static func parse(_ input: [UInt8], piecesOf size: Int?) throws -> (messages: [Message], stray: [String]) {
        var parser = MessageParser()
        var messages: [Message] = []
        for piece in input.pieces(of: size) {
            parser.append(piece)
            while let message = try parser.next(receivedAt: time) {
                messages.append(message)
            }
        }
        #expect(!parser.isMidMessage)
        return (messages, parser.popStrayLines())
    }

    private static let sizes: [Int?] = [1, 2, 3, 7, 64, 4096, nil]

    private static let payloads = [
        "",
        "a",
        "\n",
        "é",
        "€",
        "😀",
        "aé€😀",
        "😀€éa",
        "e\u{301}",
        "\r\n\r\n",
        "ends with a scalar of two bytes é",
        "ends with a scalar of three bytes €",
        "ends with a scalar of four bytes 😀",
        "ver:3.0 server:x serial:1 pool:y poolserial:1 eventname:TICK_5 len:3\nabc",
        "a line\nanother line\n\nver:3.0 eventname:EVENT len:0\n",
        "\u{0}\u{7F}\u{85}\u{2028}",
        String(repeating: "é€😀x", count: 1000),
    ]

    @Test(arguments: sizes)
    func messagesAreTheSameWhateverThePiecesTheyComeIn(size: Int?) throws {
        let sent = Self.payloads.enumerated().map { WireMessage(serial: $0, poolSerial: $0, payload: $1) }
        let (messages, stray) = try Self.parse(sent.flatMap { $0.bytes }, piecesOf: size)
        #expect(messages.map { String(decoding: $0.payload, as: UTF8.self) } == Self.payloads)
        #expect(messages.map { $0.header.serial } == Array(sent.indices))
        #expect(messages.map { $0.header.poolSerial } == Array(sent.indices))
        #expect(stray.isEmpty)
    }

    @Test(arguments: payloads)
    func aPayloadIsWholeAsSoonAsItsLastByteIsThere(payload: String) throws {
        let bytes = WireMessage(payload: payload).bytes
        var parser = MessageParser()
        for byte in bytes.dropLast() {
            parser.append(CollectionOfOne(byte))
            #expect(try parser.next(receivedAt: Self.time) == nil)
            #expect(parser.isMidMessage)
        }
        parser.append(bytes.suffix(1))
        #expect(try parser.next(receivedAt: Self.time)?.payload == Array(payload.utf8)[...])
        #expect(!parser.isMidMessage)
    }

    @Test(arguments: [1000, 4096, 65536, nil])
    func aPayloadOfFourHundredKilobytesIsOneMessage(size: Int?) throws {
        let payload = String(repeating: "0123456é\n", count: 44_445)
        let (messages, _) = try Self.parse(
            WireMessage(payload: payload).bytes + WireMessage(name: "TICK_5", payload: "when:5").bytes,
            piecesOf: size
        )
        #expect(messages.map { $0.payload.count } == [payload.utf8.count, 6])
    }

    @Test func theCapturesOfARunningSupervisordAreRead() throws {
        let captures = """
            ver:3.0 server:supervisor serial:21 pool:listener poolserial:10 eventname:PROCESS_STATE_STARTING len:56
            processname:née groupname:née from_state:STOPPED tries:0\
            ver:3.0 server:supervisor serial:22 pool:listener poolserial:11 eventname:PROCESS_LOG_STDOUT len:66
            processname:gen groupname:gen pid:9842 channel:stdout
            half é done\n
            """
        let (messages, stray) = try Self.parse(Array(captures.utf8), piecesOf: nil)
        #expect(messages.map { $0.payload.count } == [58, 67])
        #expect(stray.isEmpty)
    }

    @Test(arguments: ["", "junk", "READY", "RESULT 2", "OK", "eventname", "ver:3.0 server:supervisor serial:1", "\r"])
    func aLineThatIsNoHeaderIsPassedOverAndRemembered(line: String) throws {
        let message = WireMessage(payload: "a").bytes
        let (messages, stray) = try Self.parse(Array("\(line)\n".utf8) + message + Array("\(line)\n".utf8), piecesOf: 7)
        #expect(messages.count == 1)
        #expect(stray == [line, line])
    }

    @Test func strayLinesAreForgottenOnceTheyAreReported() throws {
        var parser = MessageParser()
        parser.append("junk\n".utf8)
        #expect(try parser.next(receivedAt: Self.time) == nil)
        #expect(parser.popStrayLines() == ["junk"])
        #expect(parser.popStrayLines() == [])
    }

    @Test(arguments: ["junk", "junk ", "\u{0}", "a:b c:d "])
    func junkBeforeAHeaderDoesNoHarm(junk: String) throws {
        let message = WireMessage(serial: 5, payload: "a")
        let (messages, _) = try Self.parse(Array(junk.utf8) + message.bytes, piecesOf: 3)
        #expect(messages.map { $0.header.serial } == [5])
        #expect(messages.map { $0.header.pool } == ["listener"])
    }

    @Test(arguments: sizes)
    func bytesThatAreNotUTF8AreReadWithoutLosingTheNextMessage(size: Int?) throws {
        let header = "ver:3.0 server:\u{FF} serial:0 pool:p poolserial:0 eventname:EVENT len:2\n"
        var bytes = Array(header.utf8)
        bytes[bytes.firstIndex(of: 0xC3) ?? 0] = 0xFF
        let (messages, _) = try Self.parse(bytes + [0xFF, 0xFE] + WireMessage(payload: "a").bytes, piecesOf: size)
        #expect(messages.map { $0.payload } == [[0xFF, 0xFE], [0x61]])
    }

    @Test(arguments: [
        "-1", "-9223372036854775808", "9223372036854775808", "268435457", "1e3", "0x10", "1/2", "5\r", "+5",
    ])
    func aLengthThatMakesNoSenseIsAnError(length: String) {
        let header = "ver:3.0 server:s serial:0 pool:p poolserial:0 eventname:TICK_5 len:\(length)"
        var parser = MessageParser()
        parser.append("\(header)\n".utf8)
        #expect(throws: MessageError.badLength(length, header: header)) {
            try parser.next(receivedAt: Self.time)
        }
    }

    @Test func aHeaderWithoutALengthIsAnError() {
        let header = "ver:3.0 server:s serial:0 pool:p poolserial:0 eventname:TICK_5"
        var parser = MessageParser()
        parser.append("\(header)\n".utf8)
        #expect(throws: MessageError.noLength(header: header)) {
            try parser.next(receivedAt: Self.time)
        }
    }

    @Test func aHeaderWithoutAnEndIsAnError() throws {
        var parser = MessageParser()
        parser.append(repeatElement(0x61, count: MessageParser.longestHeader))
        #expect(try parser.next(receivedAt: Self.time) == nil)
        #expect(parser.isMidMessage)
        parser.append([0x61])
        #expect(throws: MessageError.endlessHeader(bytes: MessageParser.longestHeader + 1)) {
            try parser.next(receivedAt: Self.time)
        }
    }

    @Test func memoryStaysBoundedOverAHundredThousandMessages() async throws {
        try await withDedicatedThread(.forComputations) { try parseAHundredThousandMessages() }
    }

    private func parseAHundredThousandMessages() throws {
        let size = 4096
        let message = Array("eventname:EVENT len:7\nhalf é\n".utf8)
        let block = Array(repeatElement(message, count: 1000).joined())
        var parser = MessageParser()
        var count = 0
        for _ in 0..<100 {
            for piece in block.pieces(of: size) {
                parser.append(piece)
                while try parser.next(receivedAt: Self.time) != nil {
                    count += 1
                }
            }
        }
        #expect(count == 100_000)
        let buffer = Mirror(reflecting: parser).children.first { $0.label == "buffer" }?.value as? [UInt8]
        #expect(try #require(buffer).capacity <= 4 * (size + message.count))
    }
}
