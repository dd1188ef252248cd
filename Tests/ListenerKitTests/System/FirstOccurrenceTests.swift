import Testing

@testable import ListenerKit

@Suite struct FirstOccurrenceTests {
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
}
