import Testing

@testable import ListenerKit

@Suite struct HeaderLineTests {
    private static func read(_ line: String) throws -> HeaderLine? {
        try HeaderLine(Array(line.utf8)[...], receivedAt: Timestamp(nanoseconds: 7))
    }

    private static let words = [
        "ver:3.0", "server:supervisor", "serial:21", "pool:listener", "poolserial:10", "eventname:TICK_5", "len:15",
    ]

    private static let orders = [
        words,
        words.reversed(),
        words.sorted(),
        words.map { "new:1 \($0)" }.reversed(),
        words.filter { !$0.hasPrefix("ver:") },
        ["ver:4.0", "new:1"] + words.dropFirst(2) + ["server:supervisor"],
        words + ["new:1", "other:2"],
    ]

    @Test(arguments: orders)
    func keysMayStandInAnyOrderAndUnknownOnesAmongThem(words: [String]) throws {
        let header = try #require(try Self.read(words.joined(separator: " ")))
        #expect(header.length == 15)
        #expect(header.event.kind == .tick5)
        #expect(header.event.name == "TICK_5")
        #expect(header.event.server.hasPrefix("supervisor"))
        #expect(header.event.serial == 21)
        #expect(header.event.pool == "listener")
        #expect(header.event.poolSerial == 10)
        #expect(header.event.time == Timestamp(nanoseconds: 7))
    }

    @Test(arguments: [
        "my host:1 é", "", " ", "a:b c:d", "x y", "serial", "two  spaces", " at both ends ", "\tx\r",
        "x eventname:FOO len:3", "pool:a poolserial:3",
    ])
    func theServerMayBeAnyText(server: String) throws {
        let line = "ver:3.0 server:\(server) serial:1 pool:p poolserial:2 eventname:TICK_60 len:0"
        let event = try #require(try Self.read(line)).event
        #expect(event.server == server)
        #expect(event.serial == 1)
        #expect(event.pool == "p")
        #expect(event.poolSerial == 2)
        #expect(event.kind == .tick60)
    }

    @Test func aServerThatLooksLikeTheRestOfTheHeaderMisleadsAboutItselfAlone() throws {
        let line = "ver:3.0 server:a serial:9 b serial:1 pool:p poolserial:2 eventname:TICK_60 len:0"
        let event = try #require(try Self.read(line)).event
        #expect(event.server == "a")
        #expect(event.serial == 1)
    }

    @Test(arguments: ["listener", " sp", "  two", "a:b", "é", "tab\there"])
    func aPoolKeepsTheSpacesThatItBeginsWith(pool: String) throws {
        let line = "ver:3.0 server:s serial:1 pool:\(pool) poolserial:2 eventname:TICK_60 len:0"
        let event = try #require(try Self.read(line)).event
        #expect(event.pool == pool)
        #expect(event.poolSerial == 2)
    }

    @Test(arguments: [
        "ver:3.0 server:s pool:p eventname:TICK_60 len:0",
        "ver:3.0 server:s serial:x pool:p poolserial:y eventname:TICK_60 len:0",
        "eventname:TICK_60 len:0",
        "len:0 eventname:TICK_60 serial:9223372036854775808 poolserial:99999999999999999999",
    ])
    func aNumberThatIsMissingOrNoneIsNegative(line: String) throws {
        let header = try #require(try Self.read(line))
        #expect(header.event.serial < 0)
        #expect(header.event.poolSerial < 0)
        #expect(header.event.kind == .tick60)
    }

    @Test(arguments: ["None", "PLUGIN_EVENT", "tick_5", "TICK_5X", "TICK", "é", ""])
    func aNameThatIsNotKnownIsKept(name: String) throws {
        let line = "ver:3.0 server:s serial:1 pool:p poolserial:2 eventname:\(name) len:4"
        let header = try #require(try Self.read(line))
        #expect(header.event.name == name)
        #expect(header.event.kind == EventKind(rawValue: name))
        #expect(header.length == 4)
    }

    @Test(arguments: ["", " ", "len:3", "ver:3.0", "Eventname:TICK_5 len:3", "xeventname:TICK_5 len:3"])
    func aLineWithoutAnEventIsNoHeader(line: String) throws {
        #expect(try Self.read(line) == nil)
    }

    @Test(arguments: [("len:0", 0), ("len:1", 1), ("len:0007", 7), ("len:268435456", 268_435_456)])
    func everyLengthUpToTheLongestIsTaken(word: String, length: Int) throws {
        #expect(try Self.read("eventname:TICK_5 \(word)")?.length == length)
    }
}
