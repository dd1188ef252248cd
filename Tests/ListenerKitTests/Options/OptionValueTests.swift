import Testing

@testable import ListenerKit

@Suite struct OptionValueTests {
    @Test(
        arguments: [
            ("0", .zero), ("1", .seconds(1)), ("0.5", .milliseconds(500)), ("1e3", .seconds(1000)),
            ("3155760000", .seconds(3_155_760_000)),
        ] as [(String, Duration)]
    )
    func durationsAreSeconds(text: String, value: Duration) {
        #expect(Duration(optionText: text) == value)
    }

    @Test(arguments: ["", " ", "-0.1", "3155760001", "nan", "inf", "-inf", "1 s", "1,5"])
    func otherTextIsNoDuration(text: String) {
        #expect(Duration(optionText: text) == nil)
    }

    @Test(arguments: ["0", "1", "60", "0.1", "0.3", "2.75"])
    func durationsReadAsTheyAreTyped(text: String) {
        #expect(Duration(optionText: text)?.optionText == text)
    }

    @Test(arguments: [("0", 0), ("-7", -7), ("+7", 7), ("9223372036854775807", .max)])
    func numbersMayHaveASign(text: String, value: Int) {
        #expect(Int(optionText: text) == value)
    }

    @Test(arguments: [("0", 0), ("-0.5", -0.5), ("1e3", 1000), ("7", 7)])
    func fractionsAreFiniteNumbers(text: String, value: Double) {
        #expect(Double(optionText: text) == value)
    }

    @Test(arguments: ["", "x", "nan", "inf", "-inf", "1,5", "1 "])
    func otherTextIsNoFraction(text: String) {
        #expect(Double(optionText: text) == nil)
    }

    @Test(arguments: ["0", "-3", "0.25", "1000000"])
    func fractionsReadAsTheyAreTyped(text: String) {
        #expect(Double(optionText: text)?.optionText == text)
    }

    @Test(arguments: [("0", 0), ("70", 70), ("255", 255), ("256", nil), ("-1", nil), ("", nil), ("7 ", nil)])
    func statusesAreSmallNumbers(text: String, value: UInt8?) {
        #expect(UInt8(optionText: text) == value)
    }

    @Test(arguments: ["", " 1", "1 ", "0x1", "1.0", "9223372036854775808", "٣"])
    func otherTextIsNoNumber(text: String) {
        #expect(Int(optionText: text) == nil)
    }

    @Test(
        arguments: [
            ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b c ", ["a", "b c"]), ("", nil), (",", nil), (" , ", nil),
            ("a,,b", ["a", "b"]), ("a, ", ["a"]),
        ] as [(String, [String]?)]
    )
    func listsHaveElementsBetweenCommas(text: String, value: [String]?) {
        #expect([String](optionText: text) == value)
    }

    @Test(arguments: EventKind.allCases)
    func eventsAreNamedAsInSupervisordsConfiguration(kind: EventKind) {
        #expect(EventKind(optionText: kind.optionText) == kind)
        #expect(EventKind(optionText: kind.rawValue.lowercased()) == kind)
    }

    @Test func optionalValuesParseAsTheirWrappedType() {
        #expect(Int?(optionText: "5") == .some(.some(5)))
        #expect(Int?(optionText: "x") == .none)
        #expect((nil as Int?).optionText == "")
        #expect((5 as Int?).optionText == "5")
        #expect(Bool(optionText: "true") == true)
        #expect(Bool(optionText: "yes") == nil)
        #expect(true.optionText == "true")
        #expect(["a", "b"].optionText == "a,b")
        #expect(Optional<Bool>.optionWords == [])
        #expect([Sample.Log.Format].optionWords == ["text", "json", "logfmt"])
    }
}
