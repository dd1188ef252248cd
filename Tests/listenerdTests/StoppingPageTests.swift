import ExecutableTesting
import Foundation
import Testing

/// The recipes of `Documentation/stopping.md` allow the time that its configuration needs.
@Suite struct StoppingPageTests {
    private static let page: String = {
        let path = "\(TestedExecutable.package)/Documentation/stopping.md"
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }()

    private static func blocks(of language: String) -> [String] {
        page.components(separatedBy: "```\(language)\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    }

    /// Each recipe: what it is for, what is used up before TERM, and the pattern of its grace period.
    static let recipes: [(language: String, used: Int, pattern: String)] = [
        ("yaml", 0, "stop_grace_period: ([0-9]+)s"), ("yaml", 5, "terminationGracePeriodSeconds: ([0-9]+)\n"),
        ("systemd", 0, "TimeoutStopSec=([0-9]+)\n"), ("console", 0, "docker run --stop-timeout ([0-9]+)"),
    ]

    @Test(arguments: recipes)
    func aRecipeAllowsTheTimeThatTheStopTakes(language: String, used: Int, pattern: String) async throws {
        let folder = try TestFolder()
        try folder.write(try #require(Self.blocks(of: "ini").first), to: "supervisord.conf")
        let json = try await Outcome(
            of: ["plan", "--stop", "--format=json", "-c", folder.path(of: "supervisord.conf")]
        )
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let seconds = try #require(object?["seconds"] as? Int)
        let grace = try Regex(pattern, as: (Substring, Substring).self)
        let block = try #require(Self.blocks(of: language).first { $0.contains(grace) })
        let period = try #require(try grace.firstMatch(in: block).flatMap { Int($0.1) })
        // The command of the recipe; the image of `docker run` has its own.
        let command = language == "console" ? Self.blocks(of: "dockerfile").joined() : block
        let option = try #require(try /--stop-timeout[", ]+([0-9]+)/.firstMatch(in: command).flatMap { Int($0.1) })
        #expect(seconds < option && option < period - used)
    }
}
