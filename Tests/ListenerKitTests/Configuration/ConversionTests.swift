import Testing

@testable import ListenerKit

@Suite struct ConversionTests {
    @Test(arguments: [
        ("0", 0), ("-4", -4), ("+1_0", 10), (" 7 ", 7), ("007", 7), ("9223372036854775807", Int.max),
        ("-9223372036854775808", Int.min), ("", nil), ("0.5", nil), ("1__0", nil), ("_1", nil), ("1_", nil), ("+", nil),
        ("- 1", nil), ("0x1", nil), ("9223372036854775808", Int.max),
        ("-99999999999999999999999999", Int.min), ("٣", 3), ("-１２", -12), ("²", nil), ("٣x", nil),
    ])
    func integersAreReadAsPythonDoes(text: String, number: Int?) {
        #expect(Conversion<Int>.integer.convert(text) == number)
    }

    @Test(arguments: [("022", 18), ("0o22", 18), ("0o_7", 7), ("8", nil), ("-7", -7), ("0o", nil), ("x", nil)])
    func octalNumbersAreReadAsPythonDoes(text: String, number: Int?) {
        #expect(Conversion<Int>.octal.convert(text) == number)
    }

    @Test(arguments: [
        ("5", 5), ("5KB", 5120), ("5 mb", 5 << 20), ("3gb", 3 << 30), ("1.5MB", nil), ("KB", nil),
        ("9223372036854775807KB", Int.max), ("-9223372036854775807KB", Int.min),
    ])
    func sizesHaveSuffixes(text: String, number: Int?) {
        #expect(Conversion<Int>.byteSize.convert(text) == number)
    }

    @Test(arguments: [
        ("TERM", 15), ("sigterm", 15), ("9", 9), ("RTMAX", 64), ("99", nil), ("FOO", nil), ("SIG", nil), ("", nil),
    ])
    func signalsHaveNamesAndNumbers(text: String, number: Int?) {
        #expect(Conversion<Int>.signal.convert(text) == number)
    }

    @Test(arguments: [
        ("Yes", true), ("true", true), ("ON", true), ("1", true), ("no", false), ("False", false), ("off", false),
        ("0", false), ("y", nil), ("", nil), ("2", nil),
    ])
    func booleansAreFourWordsEach(text: String, value: Bool?) {
        #expect(Conversion<Bool>.boolean.convert(text) == value)
    }

    @Test(arguments: [("TRUE", Autorestart.always), ("off", .never), ("Unexpected", .unexpected), ("maybe", nil)])
    func autorestartKnowsOneWordMore(text: String, value: Autorestart?) {
        #expect(Conversion<Autorestart>.autorestart.convert(text) == value)
    }

    @Test(arguments: [
        ("0", [0]), ("0,2", [0, 2]), (" 0 , 1 ", [0, 1]), ("", []), ("256", nil), ("-1", nil), ("0,", nil), ("a", nil),
    ])
    func exitCodesAreAListOfBytes(text: String, codes: [Int]?) {
        #expect(Conversion<[Int]>.exitCodes.convert(text) == codes)
    }
}
