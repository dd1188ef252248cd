import Testing

@testable import ListenerKit

@Suite struct BytesTests {
    @Test(
        arguments: [
            ("", 0), ("a", 0), ("b", 1), ("abc", nil), ("aab", 2), ("c", nil), ("abaab", 0), ("abaabx", nil),
        ] as [(String, Int?)]
    )
    func aPatternIsFoundWhereItFirstStands(pattern: String, index: Int?) {
        #expect(Array("abaab".utf8)[...].firstOccurrence(of: Array(pattern.utf8)) == index)
    }

    @Test func aPatternIsFoundInASlice() {
        let bytes = Array("abaab".utf8)
        #expect(bytes[1...].firstOccurrence(of: Array("ab".utf8)) == 3)
        #expect(bytes[1..<4].firstOccurrence(of: Array("ab".utf8)) == nil)
        #expect(bytes[5...].firstOccurrence(of: Array("ab".utf8)) == nil)
    }

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
