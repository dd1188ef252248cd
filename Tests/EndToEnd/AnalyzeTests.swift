import ExecutableTesting
import Foundation
import Testing

/// `listenerd analyze`: what it makes of the logs of real startups, and whether what it forecasts comes true.
@Suite(.serialized) struct AnalyzeTests {
    /// The log of the listener, in its folder.
    private static let log = "log.json"

    /// How many forecasts are tried; more are asked for by a variable of the environment, which also demands that they are exact.
    private static let count = ProcessInfo.processInfo.environment["LISTENERD_FORECASTS"].flatMap { UInt64($0) }
    /// How far from what comes true a forecast may be.
    private static let tolerance = 0.05

    /// Has supervisord start a graph, and copies the log once everything is where it should be.
    private func start(_ graph: RandomGraph, without removed: RandomGraph.Dependency?, into log: String) async throws {
        let arguments = ["--ordered-startup", "--log", "--log-format", "json", "--log-file", "%(here)s/\(Self.log)"]
        try await Supervise.run(arguments, graph.sections(without: removed)) { supervise in
            try await supervise.wait(for: "the startup") {
                let lines = supervise.folder.lines(of: Self.log)
                // The startup may be over before all of its events are written; the listener is RUNNING too.
                return lines.contains { $0.contains(#""LISTENERD_STARTUP""#) }
                    && lines.count { $0.contains("PROCESS_STATE_RUNNING") } > graph.processCount
                    && graph.tasks.allSatisfy { task in
                        lines.contains { $0.contains("PROCESS_STATE_EXITED") && $0.contains("\"\(task)\"") }
                    }
            }
            let text = supervise.folder.lines(of: Self.log).map { $0 + "\n" }.joined()
            try text.write(toFile: log, atomically: true, encoding: .utf8)
        }
    }

    /// Returns what `analyze` prints about a log.
    private func analyze(_ log: String, _ arguments: String...) async throws -> String {
        let folder = try TestFolder()
        let analyzing = try RunningProgram(
            TestedExecutable.listenerd,
            ["analyze", log] + arguments,
            environment: ["COLUMNS": "100"],
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        guard try await analyzing.waitForEnd() == .status(0) else {
            throw TestFailure(folder.text(of: "errors"))
        }
        return folder.text(of: "output")
    }

    private func total(_ report: String) throws -> Double {
        try #require(report.split(separator: " ").first.flatMap { Double($0) }, "\(report)")
    }

    @Test(arguments: 0..<(count ?? 2))
    func whatAStartupTakesWithoutADependencyIsForecast(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let graph = RandomGraph(&random)
        let folder = try TestFolder()
        let (before, after) = (folder.path(of: "before"), folder.path(of: "after"))
        try await start(graph, without: nil, into: before)
        let measured = try await analyze(before)
        #expect(measured.contains(" s: \(graph.processCount) processes from "), "\(measured)")
        // Nearly always, a dependency of the slowest chain is left out, because without another one nothing changes.
        let chain = measured.split(separator: "slowest chain:\n").last?.split(separator: "\n\n").first ?? ""
        let slowest = graph.dependencies.filter { dependency in
            chain.split(separator: "\n").contains { link in
                link.contains(" \(dependency.child):") && link.contains(" after \(dependency.parent):")
            }
        }
        let candidates = slowest.isEmpty || seed.isMultiple(of: 5) ? graph.dependencies : slowest
        let removed = try #require(candidates.randomElement(using: &random))
        let forecast = try await analyze(before, "--without", "\(removed.parent)->\(removed.child)")
        try await start(graph, without: removed, into: after)
        let real = try await analyze(after)
        let (expected, actual) = (try total(forecast), try total(real))
        if Self.count != nil {
            let error = ((expected - actual) / actual * 1000).rounded() / 10
            print(
                "forecast \(seed): \(try total(measured)) s, expected \(expected) s, actual \(actual) s, error \(error) %"
            )
            #expect(abs(expected - actual) <= Self.tolerance * actual, "\(measured)\n\(forecast)\n\(real)")
        }
        // A machine under load takes longer; that it takes no less does not depend on the load.
        #expect(try expected <= total(measured) + 0.01, "\(forecast)")
    }

    @Test func theLogOfAContainerIsAnalyzedAsItIs() async throws {
        let arguments = ["--ordered-startup", "--log", "--log-format", "json"]
        let sections =
            Sections.native("database", "/bin/sleep 600", after: "", "startsecs=1")
            + Sections.native("job", "/bin/true", after: "database")
            + Sections.native("web", "/bin/sleep 600", after: "job:completed")
        try await Supervise.run(arguments, sections) { supervise in
            try await supervise.wait(forLine: "LISTENERD_STARTUP")
            // The startup may be over before its last event is logged.
            try await supervise.wait(for: "web in the log") {
                supervise.errors.split(separator: "\n").contains {
                    $0.contains(#""process":"web""#) && $0.contains("PROCESS_STATE_RUNNING")
                }
            }
            let folder = try TestFolder()
            // Besides the log, it has what supervisord says.
            try folder.write(supervise.log + supervise.errors, to: "container.log")
            let report = try await analyze(folder.path(of: "container.log"))
            #expect(report.contains(" s: 3 processes from "), "\(report)")
            #expect(
                report.inOrder(
                    "slowest chain:",
                    "  database  at once",
                    "  job       after database (running)",
                    "  web       after job (completed)"
                ),
                "\(report)"
            )
        }
    }
}
