import ExecutableTesting
import Foundation
import ListenerKit
import Testing

@Suite struct JSONCheckTests {
    private static func isObject(_ text: String) -> Bool {
        JSONCheck.isObject(Array(text.utf8)[...])
    }

    @Test(arguments: [
        "{}", " { } ", #"{"a":1}"#, #"{"a":{"b":[1,2,{"c":null}]},"d":[]}"#, #"{"":""}"#,
        #"{"a" : [ true , false , null ] }"#, #"{"n":[0,-0,1.5,-1.25e+10,1E-9,10]}"#,
        #"{"s":"\"\\\/\b\f\n\r\t\u00e9é😀"}"#, #"{"pair":"\ud83d\ude00"}"#, "{\"tab\":\t1}",
    ])
    func anObjectIsValid(text: String) {
        #expect(Self.isObject(text))
    }

    @Test(arguments: [
        "", " ", "{", "}", "[]", "[{}]", "1", "null", "\"{}\"", "{}{}", "{} x", "x{}", "{]", #"{"a"}"#, #"{"a":}"#,
        #"{"a":1,}"#, "{,}", #"{"a":[1,]}"#, #"{"a":[}"#, #"{"a" 1}"#, #"{a:1}"#, #"{'a':1}"#, #"{"a":01}"#,
        #"{"a":1.}"#, #"{"a":.5}"#, #"{"a":+1}"#, #"{"a":-}"#, #"{"a":1e}"#, #"{"a":NaN}"#, #"{"a":tru}"#,
        #"{"a":"b}"#, #"{"a":"\x"}"#, #"{"a":"\u12"}"#, #"{"a":"\u12g4"}"#, "{\"a\":\"\u{1}\"}", "{\"a\":\"\n\"}",
        #"{"a":1}}"#, #"{"a":[1}]"#, #"{"a":1 "b":2}"#, #"{"a":"\"#, #"{"a":1e999}"#, #"{"a":"\ud83d"}"#,
        #"{"a":"\ude00"}"#, #"{"a":"\ud83d\u0041"}"#, "{\"a\":\u{A0}1}",
    ])
    func everythingElseIsText(text: String) {
        #expect(!Self.isObject(text))
    }

    @Test func whatIsNotUTF8IsText() {
        let bytes = Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(!JSONCheck.isObject(bytes[...]))
    }

    @Test(arguments: [1, 64, 65, 100_000])
    func deepNestingIsText(levels: Int) {
        let text = String(repeating: "{\"a\":", count: levels - 1) + "{}" + String(repeating: "}", count: levels - 1)
        #expect(Self.isObject(text) == (levels <= 64))
    }

    @Test func longNumbersAreText() {
        #expect(Self.isObject("{\"a\":\(String(repeating: "9", count: 100))}"))
        #expect(!Self.isObject("{\"a\":\(String(repeating: "9", count: 101))}"))
    }

    /// Changes of an object, at random: what is valid here is valid for others.
    @Test func othersCanReadWhatIsValid() throws {
        let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\n"],"b":{"c":null,"d":true},"e":" é "}"#.utf8)
        let alphabet = Array("{}[]\":,\\ue1.0-+ ntfé\n".utf8)
        var generator = SeededGenerator(state: 14)
        var valid = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                let index = Int.random(in: bytes.indices, using: &generator)
                bytes[index] = alphabet[Int.random(in: alphabet.indices, using: &generator)]
            }
            if JSONCheck.isObject(bytes[...]) {
                valid += 1
                let object = try? JSONSerialization.jsonObject(with: Data(bytes))
                #expect(object is [String: Any], "\(String(decoding: bytes, as: UTF8.self))")
            }
        }
        #expect(valid > 1000)
    }
}
