import Testing

@testable import listenerd

/// Files that are written for a template engine.
@Suite struct TemplateTests {
    @Test(arguments: [
        ("[program:{{ name }}]\n", 1, false), ("a=1\nb={{ x }}\n", 2, false), ("a={% if x %}1{% endif %}\n", 1, false),
        ("{% if x %}\na=1\n{% endif %}\n", 1, true), ("a=<%= x %>\n", 1, false),
        ("<% if x %>\na=1\n<% end %>\n", 1, true),
        ("{{ key }}=1\n", 1, true), ("{# a comment #}\na=1\n", 1, false), ("a=1\n  {%- if x -%}\n", 2, true),
        ("{% set x = [\n1,\n] %}\na=1\n", 1, true), ("command=x {{.Values.port}}\n", 1, false),
    ])
    func templatesAreRecognized(text: String, line: Int, hasTags: Bool) throws {
        let template = try #require(Template(Array(text.utf8)))
        #expect(template.problem(in: "f").location.line == line)
        #expect(template.hasTags == hasTags)
    }

    @Test(arguments: [
        "", "a=${VAR}\n", "a=1\n; {{ ansible_managed }}\n# {% x %}\n",
        "command=docker inspect --format '{{.State.Pid}}' x\n",
        "environment=A=\"{}\",B=\"{{}}\"\n", "command=bash -c 'echo ${#x}'\n", "a={{ x\n", "a=1 < 2\n", "a={%d}\n",
        "command=x < y > z\n", "command=curl -w '%{http_code}'\n",
    ])
    func otherFilesAreNone(text: String) {
        #expect(Template(Array(text.utf8)) == nil)
    }

    @Test func tagsLeaveTheirLinesEmpty() throws {
        let text = "[a]\r\n{% set x = [\r\n1,\r\n] %}\r\nb={{ x }}\r\n {# c #}\n{{ d }}"
        let template = try #require(Template(Array(text.utf8)))
        #expect(String(decoding: template.text, as: UTF8.self) == "[a]\r\n;\r\n;\r\n;\r\nb={{ x }}\r\n;\n;")
        #expect(template.lines == [2, 5, 6, 7])
    }
}
