import ExecutableTesting
import Foundation
import Testing

/// A program that this machine has, or that `make test` has unpacked from Debian's packages.
enum DebianProgram: String {
    case promtool
    case nodeExporter = "prometheus-node-exporter"

    /// Its path; nil if there is none.
    var path: String? {
        ["/usr/bin", "/usr/local/bin", "\(TestedExecutable.package)/.build/debian/usr/bin"].map { "\($0)/\(rawValue)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The condition of a test that needs it.
    var isThere: ConditionTrait {
        .enabled(if: path != nil, "there is no \(rawValue): 'make test' gets it from Debian, if it can")
    }

    /// Runs it, and waits for its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - folder: The folder in which its output is kept.
    ///   - input: The name of a file in the folder for its standard input.
    /// - Returns: What it has written, to either stream, and its exit status.
    /// - Throws: ``TestFailure`` if it cannot be started, or does not end.
    func run(
        _ arguments: [String],
        in folder: TestFolder,
        input: String? = nil
    ) async throws -> (output: String, ending: RunningProgram.Ending) {
        let name = "output of \(rawValue) \(UUID().uuidString.prefix(8))"
        let program = try RunningProgram(
            try #require(path),
            arguments,
            input: input.map { folder.path(of: $0) } ?? "/dev/null",
            output: folder.path(of: name)
        )
        let ending = try await program.waitForEnd(diagnostics: { folder.text(of: name) })
        return (folder.text(of: name), ending)
    }
}
