import ExecutableTesting
import Foundation
import ListenerKit
import Testing

/// The table of keys, compared with the installed supervisor.
@Suite struct SupervisordKeyTests {
    /// The source that reads all keys of supervisord and supervisorctl.
    private static func source() throws -> String {
        let packages = "\(TestedExecutable.package)/.build/python/lib"
        let versions = try FileManager.default.contentsOfDirectory(atPath: packages)
        let version = try #require(versions.first { $0.hasPrefix("python3") })
        return try String(
            contentsOfFile: "\(packages)/\(version)/site-packages/supervisor/options.py",
            encoding: .utf8
        )
    }

    /// The keys that the source reads: each in quotes, as an argument of `get` or another function that reads one.
    private static func keysOfSource() throws -> Set<String> {
        let readers = #/(?:get|getdefault|saneget|get_plugins)\(\s*(?:parser,\s*)?(?:section,\s*)?'([a-z_.]+)'/#
        let keys = try source().matches(of: readers).map { String($0.1) }
        // Those of the two streams are put together from parts.
        let streams = ["stdout", "stderr"].flatMap { stream in
            ["logfile", "logfile_backups", "logfile_maxbytes", "syslog"].map { "\(stream)_\($0)" }
        }
        return Set(keys + streams)
    }

    @Test func everyKeyOfTheSourceIsInTheTable() throws {
        let known = Set(SupervisordKey.all.map { $0.name })
        // The source calls other functions of that name too.
        #expect(try Self.keysOfSource().subtracting(known) == ["expansions", "include"])
    }

    @Test func everyKeyOfTheTableIsInTheSource() throws {
        let read = try Self.keysOfSource()
        // The pattern of files is looked up with another function.
        #expect(Set(SupervisordKey.all.map { $0.name }).subtracting(read) == ["files"])
    }

    @Test func noKeyIsThereTwiceForOneSection() {
        for kind in SectionKind.allCases {
            let names = SupervisordKey.names(in: kind)
            #expect(Set(names).count == names.count, "\(kind)")
            #expect(!names.isEmpty, "\(kind)")
        }
    }

    private static let programKeysWithDefaults = SupervisordKey.all.filter { key in
        key.sections.contains(.program) && key.defaultValue != nil
    }

    @Test(arguments: programKeysWithDefaults.map { $0.name })
    func theDefaultOfAProgramIsThatOfTheModel(name: String) throws {
        let key = try #require(SupervisordKey.all.first { $0.name == name && $0.sections.contains(.program) })
        let value = try #require(key.defaultValue)
        let written = "[supervisord]\n[program:w]\ncommand=x\n\(name)=\(value)\n"
        let one = try SupervisorConfiguration.make(written)
        let other = try SupervisorConfiguration.make("[supervisord]\n[program:w]\ncommand=x\n")
        #expect(one.problems.isEmpty)
        #expect("\(describe(one))" == "\(describe(other))")
    }

    /// The values of the first program, without the section that it was read from.
    private func describe(_ configuration: SupervisorConfiguration) -> [String] {
        configuration.programs.prefix(1).flatMap { program in
            Mirror(reflecting: program).children.filter { $0.label != "shared" }.map { child in
                "\(child.label ?? ""): \(child.value)"
            }
        }
    }
}
