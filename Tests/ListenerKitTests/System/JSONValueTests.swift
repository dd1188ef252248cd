import ExecutableTesting
import Testing

@testable import ListenerKit

@Suite struct JSONValueTests {
    private static func read(_ text: String) throws(JSONError) -> JSONValue {
        try JSONValue(Array(text.utf8)[...])
    }

    @Test(
        arguments: [
            ("null", .null),
            ("true", .boolean(true)),
            (" \t\r\n false \n", .boolean(false)),
            ("0", .integer(0)),
            ("-0", .integer(0)),
            ("-17", .integer(-17)),
            ("9223372036854775807", .integer(.max)),
            ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number("9223372036854775808")),
            ("1.50", .number("1.50")),
            ("-0.0", .number("-0.0")),
            ("1e3", .number("1e3")),
            ("1E-3", .number("1E-3")),
            ("0e+1", .number("0e+1")),
            (#""""#, .string("")),
            (#""plain é€😀""#, .string("plain é€😀")),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")),
            (#""a\u001bb""#, .string("a\u{1B}b")),
            (#""\u00e9\u20AC\ud83d\uDE00""#, .string("é€😀")),
            (#""\ud83d""#, .string("\u{FFFD}")),
            (#""\ud83dx""#, .string("\u{FFFD}x")),
            (#""\ude00\ud83d\n""#, .string("\u{FFFD}\u{FFFD}\n")),
            (#""\ud83d\ud83d\ude00""#, .string("\u{FFFD}😀")),
            (#""\ud83d\u0041""#, .string("\u{FFFD}A")),
            (#""\u0000""#, .string("\0")),
            ("\"\u{7F}\u{2028}\"", .string("\u{7F}\u{2028}")),
            ("[]", .array([])),
            ("[ ]", .array([])),
            ("[1, [2],3 ]", .array([.integer(1), .array([.integer(2)]), .integer(3)])),
            ("{}", .object([])),
            ("{ }", .object([])),
            (
                #"{"b": 1, "a" :{"":null} , "b":[]}"#,
                .object([
                    .init("b", .integer(1)), .init("a", .object([.init("", .null)])), .init("b", .array([])),
                ])
            ),
        ] as [(String, JSONValue)]
    )
    func aDocumentIsReadAsItIs(text: String, value: JSONValue) throws {
        #expect(try Self.read(text) == value)
    }

    @Test(
        arguments: [
            ("", .cutOff, 0),
            ("  ", .cutOff, 2),
            ("{", .cutOff, 1),
            ("[1", .cutOff, 2),
            ("[1,", .cutOff, 3),
            (#"{"a"#, .cutOff, 3),
            (#"{"a":"#, .cutOff, 5),
            (#"{"a":1"#, .cutOff, 6),
            (#""\"#, .cutOff, 2),
            (#""\u12"#, .cutOff, 5),
            (#""\ud83d\u"#, .cutOff, 9),
            ("tru", .cutOff, 3),
            ("-", .cutOff, 1),
            ("1.", .cutOff, 2),
            ("1e", .cutOff, 2),
            ("\u{FEFF}1", .expected("value"), 0),
            ("nul1", .expected("value"), 3),
            ("True", .expected("value"), 0),
            ("NaN", .expected("value"), 0),
            ("'a'", .expected("value"), 0),
            ("+1", .expected("value"), 0),
            (".5", .expected("value"), 0),
            ("[,]", .expected("value"), 1),
            ("[1,]", .expected("value"), 3),
            ("[1 2]", .expected("',' or ']'"), 3),
            ("[1}", .expected("',' or ']'"), 2),
            (#"{"a":1]"#, .expected("',' or '}'"), 6),
            (#"{"a":1,}"#, .expected("name of a member"), 7),
            ("{a:1}", .expected("name of a member"), 1),
            (#"{"a" 1}"#, .expected("':'"), 5),
            ("-x", .malformedNumber, 1),
            ("1.x", .malformedNumber, 2),
            ("1e+x", .malformedNumber, 3),
            ("01", .trailingText, 1),
            ("1 2", .trailingText, 2),
            ("{}\0", .trailingText, 2),
            ("0x1", .trailingText, 1),
            ("\"a\nb\"", .controlCharacter, 2),
            ("\"\0\"", .controlCharacter, 1),
            (#""\x41""#, .unknownEscape, 2),
            (#""\u12g4""#, .unknownEscape, 5),
            (#""\u+123""#, .unknownEscape, 3),
            (#""\ud83d\uzzzz""#, .unknownEscape, 9),
        ] as [(String, JSONError.Fault, Int)]
    )
    func anythingElseIsRefusedWhereItGoesWrong(text: String, fault: JSONError.Fault, offset: Int) {
        #expect(throws: JSONError(fault: fault, offset: offset)) { try Self.read(text) }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
        ] as [[UInt8]]
    )
    func aStringThatIsNotUTF8IsRefused(bytes: [UInt8]) {
        let document = [0x5B, 0x22] + bytes + [0x22, 0x5D]
        #expect(throws: JSONError(fault: .notText, offset: 2)) { try JSONValue(document[...]) }
    }

    @Test(arguments: ["[", #"{"a":"#, #"[{"a":"#])
    func deepNestingIsRefusedHoweverDeepItIs(opening: String) throws {
        let error = #expect(throws: JSONError.self) {
            try Self.read(String(repeating: opening, count: 1_000_000))
        }
        #expect(error?.fault == .tooDeep)
    }

    @Test func nestingUpToTheLimitIsRead() throws {
        let count = JSONReader.deepest
        let text = String(repeating: "[", count: count) + String(repeating: "]", count: count)
        #expect(throws: Never.self) { try Self.read(text) }
        #expect(throws: JSONError(fault: .tooDeep, offset: count)) { try Self.read("[\(text)]") }
    }

    @Test func aSliceIsReadFromItsStart() throws {
        let bytes = Array(#"stdout {"a": "b"} x"#.utf8)
        #expect(try JSONValue(bytes[7..<17]) == .object([.init("a", .string("b"))]))
        #expect(throws: JSONError(fault: .trailingText, offset: 11)) { try JSONValue(bytes[7...]) }
    }

    @Test func valuesAreFoundByNameAndKind() throws {
        let value = try Self.read(#"{"a": 1, "b": "x", "c": [true, 2.5], "a": -3, "d": 1e999}"#)
        #expect(value["a"]?.integer == -3)
        #expect(value["a"]?.double == -3)
        #expect(value["b"]?.text == "x")
        #expect(value["c"]?.elements?.first?.boolean == true)
        #expect(value["c"]?.elements?.last?.double == 2.5)
        #expect(value["d"]?.double == nil)
        #expect(value["e"] == nil)
        #expect(value["b"]?.integer == nil)
        #expect(value["c"]?["a"] == nil)
    }

    @Test(arguments: 0..<200)
    func noBytesMakeItCrash(seed: Int) {
        var random = SeededGenerator(state: UInt64(seed))
        var bytes = Array(#"{"a":[1.5e3,"\ud83d\ude00é",{"b":null}],"c":true,"details":{"d":-1}}"#.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let index = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: index)
            }
        }
        // Either result will do.
        _ = try? JSONValue(bytes[...])
        _ = try? JSONValue(bytes[..<(bytes.count / 2)])
    }

    @Test func whatJSONTextWritesIsRead() throws {
        var json = JSONText()
        json.object { json in
            json.key("text")
            json.string("a\"\\\n\u{1B}\u{202E}é")
            json.key("numbers")
            json.array([1, -2]) { $0.number($1) }
            json.newLine()
            json.key("seconds")
            json.seconds(.milliseconds(1500))
        }
        let value = try JSONValue(json.bytes[...])
        #expect(value["text"]?.text == "a\"\\\n\u{1B}\u{202E}é")
        #expect(value["numbers"] == .array([.integer(1), .integer(-2)]))
        #expect(value["seconds"]?.double == 1.5)
    }
}
