import Testing

@testable import ListenerKit

@Suite struct HeaderTemplateTests {
    private static let time = Timestamp(nanoseconds: 1)

    private static let lines = [
        "ver:3.0 server:supervisor serial:21 pool:listener poolserial:10 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:22 pool:listener poolserial:11 eventname:PROCESS_STATE_RUNNING len:0",
        "ver:3.0 server:supervisor serial:0 pool:listener poolserial:0 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:999999999999999999 pool:listener poolserial:0 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:9223372036854775807 pool:listener poolserial:0 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:9223372036854775808 pool:listener poolserial:0 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:-1 pool:listener poolserial:-1 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial: pool:listener poolserial: eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:1 pool:listener poolserial:1 eventname:PLUGIN_EVENT len:0",
        "ver:3.0 server:supervisor serial:1 pool:listener poolserial:1 eventname: len:0",
        "ver:3.0 server:supervisor serial:1 pool:listener poolserial:1 eventname:TICK_5 new:1 len:0",
        "ver:3.0 server:supervisor serial:1 pool:listener poolserial:1 eventname:TICK_5 len:0 new:1",
        "ver:3.0 server:supervisor serial:1 pool:other poolserial:1 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor serial:1 pool:listener-2 poolserial:1 eventname:TICK_5 len:0",
        "ver:3.0 server:supervisor-2 serial:1 pool:listener poolserial:1 eventname:TICK_5 len:0",
        "ver:3.0 server:a serial:9 b serial:1 pool:  p poolserial:2 eventname:TICK_60 len:0",
        "ver:3.0 server: serial:1 pool: poolserial:2 eventname:TICK_60 len:0",
        "len:0 eventname:TICK_5 poolserial:3 serial:4 server:supervisor",
        "eventname:EVENT len:0",
    ]

    @Test(arguments: lines, lines)
    func aHeaderReadsTheSameWhateverCameBefore(first: String, second: String) throws {
        var parser = MessageParser()
        parser.append("\(first)\n\(second)\n".utf8)
        _ = try parser.next(receivedAt: Self.time)
        let alone = try HeaderLine(Array(second.utf8)[...], receivedAt: Self.time)
        #expect(try parser.next(receivedAt: Self.time)?.header == alone?.event)
        #expect(!parser.isMidMessage)
    }

    @Test(arguments: ["x", "-1", "268435457", "1e3", "5\r", "99999999999999999999"])
    func aLengthThatMakesNoSenseIsAnErrorAfterAnotherHeaderToo(length: String) throws {
        let start = "ver:3.0 server:s serial:0 pool:p poolserial:0 eventname:TICK_5 len:"
        var parser = MessageParser()
        parser.append("\(start)0\n\(start)\(length)\n".utf8)
        _ = try parser.next(receivedAt: Self.time)
        #expect(throws: MessageError.badLength(length, header: start + length)) {
            try parser.next(receivedAt: Self.time)
        }
    }
}
