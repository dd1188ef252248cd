import Testing

@testable import ListenerKit

@Suite struct FieldsTests {
    private static let fields: [Field] = [.process, .group, .previousState, .expected, .pid]

    @Test(arguments: [
        "processname:a b:c d groupname:n from_state:RUNNING expected:0 pid:-7",
        "pid:-7 expected:0 from_state:RUNNING processname:a b:c d groupname:n",
        "groupname:n new:1 from_state:RUNNING expected:0 pid:-7 processname:a b:c d",
        "junk processname:a b:c d groupname:n from_state:RUNNING expected:0 pid:-7 more:1",
    ])
    func fieldsAreFoundInAnyOrder(line: String) throws {
        let found = Fields(Self.fields, in: Array(line.utf8)[...])
        #expect(try found.text(.process) == "a b:c d")
        #expect(try found.text(.group).hasPrefix("n"))
        #expect(try found.text(.previousState) == "RUNNING")
        #expect(try found.number(.expected) == 0)
        #expect(try found.number(.pid) == -7)
    }

    @Test func fieldsAreFoundInASliceOfALargerBuffer() throws {
        let bytes = Array("xxxx when:12".utf8)
        #expect(try Fields([.when], in: bytes[5...]).number(.when) == 12)
        #expect(try Fields([.when], in: bytes[2...]).number(.when) == 12)
    }

    @Test(arguments: Field.allForTests)
    func aFieldThatIsMissingIsNamed(field: Field) {
        #expect(throws: PayloadError.missing(field.key)) {
            try Fields([field], in: []).value(field)
        }
    }

    @Test(arguments: ["", "x", "1x", "1.5", "--1", "99999999999999999999", "None"])
    func aNumberThatIsNoneIsQuoted(word: String) {
        #expect(throws: PayloadError.notANumber("when", word)) {
            try Fields([.when], in: Array("when:\(word)".utf8)[...]).number(.when)
        }
    }

    private static let oddLines: [(line: String, value: String?)] = [
        ("", nil), (" ", nil), ("when", nil), (":", nil), ("\u{0}", nil), ("pid:1 pid:2", nil), ("xwhen:1", nil),
        ("when :1", nil), ("when:", ""), ("  when:  ", "  "), ("when:1 2", "1"), ("x when:1", "1"),
        ("when: when: when:", " when:"), ("when:1 when:2", "1"), ("x when:1 when:2", "2"),
    ]

    @Test(arguments: oddLines)
    func anyLineCanBeParsed(line: String, value: String?) {
        let bytes = Array(line.utf8)
        #expect((try? Fields([.when], in: bytes[...]).text(.when)) == value)
    }

    @Test(arguments: oddLines)
    func aSliceIsReadAsALineOfItsOwn(line: String, value: String?) {
        let bytes = Array(line.utf8)
        for fields in [[], [Field.when], [.process, .group], Self.fields] {
            for start in bytes.indices {
                let inSlice = try? Fields(fields, in: bytes[start...]).text(.when)
                #expect(inSlice == (try? Fields(fields, in: Array(bytes[start...])[...]).text(.when)))
                #expect(inSlice == nil || fields == [.when], "nothing is found that is not looked for")
            }
        }
    }
}

extension Field {
    fileprivate static let allForTests: [Field] = [
        .version, .server, .serial, .pool, .poolSerial, .eventName, .length, .process, .group, .previousState, .tries,
        .expected, .pid, .channel, .when,
    ]
}
