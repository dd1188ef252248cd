import ExecutableTesting
import Foundation
import ListenerKit
import Testing

@testable import listenerd

/// `Documentation/rules.md` describes every rule as it is, with an example that breaks it and a cure that does not.
@Suite struct RuleDocumentationTests {
    /// The documentation of each rule, by its name: what follows `## name`.
    private static let sections: [String: String] = {
        let path = "\(TestedExecutable.package)/Documentation/rules.md"
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        let sections = text.components(separatedBy: "\n## ").dropFirst()
        return Dictionary(
            sections.map { section in
                let name = section.prefix { $0 != "\n" }
                return (String(name), String(section.dropFirst(name.count + 1)))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }()

    /// Rules about roles, or about the user who runs the check; tests of their own show them.
    private static let withoutExample = ["role-conflict", "reserved-section", "foreign-user"]

    /// What finds a rule's example, beyond the configuration.
    private static let options = ["slow-stop": ["--stop-within", "15"]]

    @Test func documentsNothingButTheRules() {
        let names = CheckRules.documented.map { $0.name }
        #expect(Set(Self.sections.keys).subtracting(names).isEmpty)
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: CheckRules.documented.map { $0.name })
    func saysWhatTheRuleSays(name: String) throws {
        let rule = try #require(CheckRules.documented.first { $0.name == name })
        let section = try #require(Self.sections[name], "Documentation/rules.md has no '## \(name)'")
        let beginning = "\n*\(rule.severity.rawValue)* · \(rule.summary)\n\n\(rule.reason)\n"
        #expect(section.hasPrefix(beginning), "\(section.prefix(600))\nshould begin with:\(beginning)")
    }

    /// The first block of each section is the example, the second one its cure.
    @Test(arguments: sections.keys.sorted())
    func exampleIsFoundAndItsCureIsNot(name: String) async throws {
        let section = try #require(Self.sections[name])
        let blocks = section.components(separatedBy: "```ini\n").dropFirst().map { block in
            block.components(separatedBy: "```")[0]
        }
        guard !Self.withoutExample.contains(name) else {
            return
        }
        try #require(blocks.count == 2, "an example and its cure are two ini blocks")
        #expect(try await rules(brokenBy: blocks[0], Self.options[name] ?? []).contains(name), "\(blocks[0])")
        #expect(try await !rules(brokenBy: blocks[1], Self.options[name] ?? []).contains(name), "\(blocks[1])")
    }

    /// Returns the rules that `check` names for a configuration.
    private func rules(brokenBy configuration: String, _ options: [String]) async throws -> Set<String> {
        let folder = try TestFolder()
        try folder.write(configuration, to: "supervisord.conf")
        let outcome = try await Outcome(of: ["check", "-c", folder.path(of: "supervisord.conf")] + options)
        let lines = outcome.output.split(separator: "\n").filter { $0.hasSuffix("]") }
        return Set(lines.compactMap { $0.dropLast().split(separator: "[").last.map(String.init) })
    }
}
