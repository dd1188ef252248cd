import ExecutableTesting
import Foundation
import Testing

/// The manual pages, as the programs that show them read them.
@Suite struct ManualTests {
    private static let mandoc = "\(TestedExecutable.package)/.build/shells/usr/bin/mandoc"
    private static let environment = ["SOURCE_DATE_EPOCH": "1764288000"]

    /// The names of all pages; an empty one for that of the program.
    private func names() async throws -> [String] {
        let list = try await Outcome(of: ["manual", "--list"])
        #expect(list.ending == .status(0))
        return [""] + list.output.split(separator: "\n").map { String($0) }
    }

    private func page(_ name: String) async throws -> String {
        let outcome = try await Outcome(of: ["manual"] + (name.isEmpty ? [] : [name]), environment: Self.environment)
        #expect(outcome.ending == .status(0))
        #expect(outcome.errors == "")
        return outcome.output
    }

    /// Runs a program on every page, which must be content with it.
    private func expectNoWarning(_ path: String, _ arguments: [String]) async throws -> [String] {
        let folder = try TestFolder()
        var texts: [String] = []
        for name in try await names() {
            let file = folder.path(of: "page\(name).1")
            try folder.write(try await page(name), to: "page\(name).1")
            let program = try RunningProgram(
                path,
                arguments + [file],
                environment: ["LC_ALL": "C.UTF-8", "MANWIDTH": "80", "MANROFFOPT": ""],
                output: folder.path(of: "text\(name)"),
                errors: folder.path(of: "errors\(name)")
            )
            #expect(try await program.waitForEnd() == .status(0))
            #expect(folder.text(of: "errors\(name)") == "", "\(name)")
            texts.append(folder.text(of: "text\(name)"))
        }
        return texts
    }

    private static func isThere(_ path: String) -> Bool { FileManager.default.isExecutableFile(atPath: path) }

    @Test(.enabled(if: isThere("/usr/bin/groff"), "groff is missing"))
    func groffHasNoWarning() async throws {
        let texts = try await expectNoWarning("/usr/bin/groff", ["-man", "-ww", "-Tutf8", "-P-cbou"])
        for text in texts {
            #expect(text.contains("\nEXIT STATUS\n"))
        }
        let supervise = try #require(texts.first { $0.hasPrefix("LISTENERD-SUPERVISE(1)") })
        #expect(supervise.contains("\n       listenerd supervise [options] [HANDLER...] [-- SUPERVISORD-ARGUMENT...]"))
        #expect(supervise.contains("\n           listenerd supervise --roles web,worker"), "\(supervise)")
        let check = try #require(texts.first { $0.hasPrefix("LISTENERD-CHECK(1)") })
        #expect(check.contains("A comment '; listenerd: disable=RULE,...' at the end of a line"), "\(check)")
    }

    @Test(.enabled(if: isThere("/usr/bin/man"), "man is missing"))
    func manHasNoWarning() async throws {
        _ = try await expectNoWarning("/usr/bin/man", ["--warnings", "-l"])
    }

    @Test(.enabled(if: isThere(mandoc), "mandoc is missing; 'make test' gets it from Debian, if it can"))
    func mandocHasNoWarning() async throws {
        #expect(try await expectNoWarning(Self.mandoc, ["-T", "lint"]).allSatisfy { $0.isEmpty })
    }

    /// The help is what was reviewed; a page must have all of it.
    @Test func everyOptionOfTheHelpIsInThePage() async throws {
        for name in try await names() {
            let page = try await page(name)
            let help = try await Outcome(of: (name.isEmpty ? [] : [name]) + ["--help"]).output
            for option in help.matches(of: /\n  (?:-., )?(--[a-z-]+)/) {
                let escaped = option.1.replacingOccurrences(of: "-", with: "\\-")
                let isThere = ["\n", ", "].contains { page.contains("\($0)\\fB\(escaped)\\fR") }
                #expect(isThere, "\(name) \(option.1)")
            }
        }
    }

    @Test func theDateIsThatOfTheSource() async throws {
        #expect(try await page("").hasPrefix(".TH \"LISTENERD\" \"1\" \"2025-11-28\" \"listenerd "))
        #expect(try await page("plan") == page("plan"))
    }

    @Test func thePageMustExist() async throws {
        let outcome = try await Outcome(of: ["manual", "chekc"])
        #expect(outcome.ending == .status(64))
        let message = "listenerd: Error: The value 'chekc' is invalid for 'SUBCOMMAND'; it must be one of: supervise, "
        #expect(outcome.errors.hasPrefix(message))
        #expect(outcome.errors.contains("; did you mean 'check'?\n"))
    }
}
