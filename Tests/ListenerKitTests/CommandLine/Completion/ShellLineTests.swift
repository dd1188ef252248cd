import Testing

@testable import ListenerKit

@Suite struct ShellLineTests {
    private static let lines: [(String, [String], Character?)] = [
        ("", [""], nil),
        ("a", ["a"], nil),
        ("a ", ["a", ""], nil),
        ("  a\t b", ["a", "b"], nil),
        (#"a\ b c"#, ["a b", "c"], nil),
        (#"a 'b c"#, ["a", "b c"], "'"),
        (#"a "b c"#, ["a", "b c"], "\""),
        (#"a 'b' "c"d "#, ["a", "b", "cd", ""], nil),
        (#"--x='b "c'd"#, [#"--x=b "cd"#], nil),
        (#"a "b\"c\$\n"#, ["a", #"b"c$\n"#], "\""),
        (#"a 'b\"#, ["a", #"b\"#], "'"),
        (#"a b\"#, ["a", "b"], nil),
        ("a $HOME", ["a", "$HOME"], nil),
    ]

    @Test(arguments: lines)
    func wordsAreThoseOfAShell(line: String, words: [String], quote: Character?) {
        let split = ShellLine(line)
        #expect(split.words == words)
        #expect(split.quote == quote)
    }

    @Test func aSingleWordMayHaveSpaces() {
        #expect(ShellLine("a b\tc", isWord: true).words == ["a b\tc"])
    }

    private static let texts: [(String, String, String)] = [
        ("", "my role", #"my\ role"#),
        ("", "web_0.a/b-c,d=e:f", "web_0.a/b-c,d=e:f"),
        ("", "store:*", #"store:\*"#),
        ("", #"a'b"c\d$e`f"#, #"a\'b\"c\\d\$e\`f"#),
        ("", "é", "é"),
        ("'", "my role*$x", "my role*$x"),
        ("'", "it's", #"it'\''s"#),
        ("\"", "my role*", "my role*"),
        ("\"", #"a"b$c\d`"#, #"a\"b\$c\\d\`"#),
    ]

    @Test(arguments: texts)
    func textIsQuotedAsTheLineNeedsIt(quote: String, text: String, quoted: String) {
        #expect(ShellLine("x \(quote)").quoted(text) == quoted)
        #expect(ShellLine("x \(quote)\(quoted)").words == ["x", text])
    }
}
