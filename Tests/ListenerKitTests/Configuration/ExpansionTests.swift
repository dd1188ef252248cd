import Testing

@testable import ListenerKit

/// The expectations were taken from Python's `%` operator.
@Suite struct ExpansionTests {
    static let names: ExpansionNames = {
        var names = ExpansionNames(environment: ["FOO": "foo", "PERCENT": "a%b", "a(b)c": "nested", "é": "ü"])
        names.programName = "web"
        names.processNumber = 42
        names.processCount = -5
        return names
    }()

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("100%%", "100%"), ("%%(x)s", "%(x)s"),
        ("%(program_name)s", "web"), ("%(ENV_FOO)s-%(ENV_FOO)s", "foo-foo"), ("%(ENV_PERCENT)s", "a%b"),
        ("%(ENV_a(b)c)s", "nested"), ("%(ENV_é)s", "ü"), ("%(program_name)5s|", "  web|"),
        ("%(program_name)-5s|", "web  |"),
        ("%(program_name).2s", "we"), ("%(ENV_é)3s", "  ü"), ("%(process_num)d", "42"), ("%(process_num)s", "42"),
        ("%(process_num)05d", "00042"), ("%(process_num)-05d|", "42   |"), ("%(process_num)+d", "+42"),
        ("%(process_num) d", " 42"), ("%(process_num)x", "2a"), ("%(process_num)X", "2A"),
        ("%(process_num)#x", "0x2a"), ("%(process_num)#o", "0o52"), ("%(process_num)o", "52"),
        ("%(process_num)5.3d", "  042"), ("%(process_num)ld", "42"), ("%(process_num)i", "42"),
        ("%(process_num)c", "*"), ("%(numprocs)04d", "-005"), ("%(numprocs)x", "-5"),
        ("%(process_num).2f", "42.00"), ("%(process_num)8.1f|", "    42.0|"), ("%(process_num)08.1f", "000042.0"),
        ("%(numprocs)f", "-5.000000"), ("%(process_num)E", "4.200000E+01"), ("%(process_num)g", "42"),
        ("%(process_num)#g", "42.0000"), ("%(process_num)+.0f", "+42"),
    ])
    func namesAreReplacedAsPythonDoes(template: String, expected: String) throws {
        #expect(try Expansion(template, Self.names).text == expected)
    }

    @Test(arguments: [
        ("date +%H", "%H"), ("100%", "%"), ("%d", "%d"), ("%(", "%("), ("%(program_name", "%(program_name"),
        ("%(program_name)", "%(program_name)"), ("% (program_name)s", "% (program_name)s"), ("%5%", "%5%"),
        ("%(program_name)%", "%(program_name)%"), ("%(program_name)z", "%(program_name)z"),
        ("%(process_num)*d", "%(process_num)*d"), ("%(program_name)s %s", "%s"), ("%s %s", "%s"),
    ])
    func aBarePercentIsRefused(template: String, place: String) {
        #expect(throws: ExpansionError.barePercent(place)) {
            try Expansion(template, Self.names)
        }
    }

    @Test(arguments: [
        ("nope", "available: %(numprocs)s, %(process_num)s, %(program_name)s and %(ENV_x)s"),
        ("ENV_", "available: %(numprocs)s, %(process_num)s, %(program_name)s and %(ENV_x)s"),
        ("Program_Name", "did you mean %(program_name)s?"), ("progam_name", "did you mean %(program_name)s?"),
        ("FOO", "did you mean %(ENV_FOO)s?"),
        ("here", "available: %(numprocs)s, %(process_num)s, %(program_name)s and %(ENV_x)s"),
    ])
    func anUndefinedNameIsNamed(name: String, advice: String) {
        let error = #expect(throws: ExpansionError.self) { try Expansion("%(\(name))s", Self.names) }
        #expect(error?.description == "refers to %(\(name))s, which is not defined here; \(advice)")
    }

    @Test(arguments: [
        ("NOPE", ""), ("X", ""), ("PERCNET", "; did you mean %(ENV_PERCENT)s?"), ("foo", "; did you mean %(ENV_FOO)s?"),
        ("FOOO", "; did you mean %(ENV_FOO)s?"),
    ])
    func aVariableThatIsNotSetIsNamed(name: String, advice: String) {
        let error = #expect(throws: ExpansionError.self) { try Expansion("a%(ENV_\(name))s", Self.names) }
        #expect(
            error?.description == "refers to %(ENV_\(name))s, but \(name) is not set\(advice)"
        )
    }

    @Test func everyVariableThatIsNotSetIsNamedOnce() {
        let names = ["A", "B"].map { UnsetVariable(name: $0, suggestion: nil) }
        #expect(throws: ExpansionError.unset(names)) {
            try Expansion("%(ENV_A)s%(ENV_B)d %(ENV_PERCENT)s%(ENV_A)s", Self.names)
        }
    }

    @Test func textIsNoNumber() {
        #expect(throws: ExpansionError.cannotConvert(name: "program_name", conversion: "d")) {
            try Expansion("%(program_name)d", Self.names)
        }
    }

    @Test(arguments: ["%(process_num)99999999999999999999d", "%(process_num)10001d", "%(process_num).10001d"])
    func aFieldThatWouldFillTheMemoryIsRefused(template: String) {
        #expect(throws: ExpansionError.tooWide(String(template.prefix(20)))) {
            try Expansion(template, Self.names)
        }
    }

    @Test func aConversionWithoutANamePastesEverything() throws {
        let expansion = try Expansion("date +%s", Self.names)
        #expect(expansion.insertsEverything)
        #expect(expansion.text == "date +%s")
    }

    @Test(arguments: [
        ("", [:]), ("A=1", ["A": "1"]), ("A=1,B=2", ["A": "1", "B": "2"]), ("A=\"x,y\",B='z'", ["A": "x,y", "B": "z"]),
        ("A=/bin:/x.y+z-1()", ["A": "/bin:/x.y+z-1()"]), ("A=1\n,B=2", ["A": "1", "B": "2"]), ("A=b#c", ["A": "b"]),
        ("A=1 B C=2", ["A": "1", "C": "2"]), ("A=x@", ["A": "x"]), ("A=,", ["A": ","]), ("A=é-1", ["A": "é"]),
    ])
    func environmentIsCutAsPythonCutsIt(text: String, variables: [String: String]) throws {
        #expect(try EnvironmentPairs.read(text) == variables)
    }

    @Test(arguments: ["A", "A=", "A=1,B", "A=1 B=2", "=", "A=\"x", "A=1,,B=2"])
    func environmentThatIsNoListOfPairsIsRefused(text: String) {
        #expect(throws: EnvironmentPairs.FormatError.self) {
            try EnvironmentPairs.read(text)
        }
    }
}
