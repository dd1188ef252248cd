import ListenerKit
import Testing

@testable import Handlers

@Suite struct LogClockTests {
    /// Within a second, at its end, an hour later, and after the clock was set back.
    @Test func eachTimeIsWrittenAsItIs() {
        var clock = LogClock()
        let start: Int64 = 1_795_239_000_000_000_000
        for offset: Int64 in [0, 7_000_000, 999_999_999, 1_000_000_000, 3_600_000_000_001, -1, -1_000_000, 42_000_000] {
            let time = Timestamp(nanoseconds: start + offset)
            var line = Array("time=".utf8)
            clock.append(time, to: &line)
            #expect(String(decoding: line, as: UTF8.self) == "time=\(time)")
        }
    }
}
