import Testing

@testable import ListenerKit

@Suite struct IntDecimalTests {
    @Test(arguments: [0, 1, -1, 42, .max, .min, .min + 1])
    func everyNumberIsRead(number: Int) {
        #expect(Int(decimal: Array("\(number)".utf8)[...]) == number)
    }

    @Test(arguments: [
        "", "-", "+1", " 1", "1 ", "1a", "a", "--1", "9223372036854775808", "-9223372036854775809", "１",
        "18446744073709551617", "999999999999999999999999999999",
    ])
    func invalidOrOverflowingNumbersAreNil(text: String) {
        #expect(Int(decimal: Array(text.utf8)[...]) == nil)
    }
}
