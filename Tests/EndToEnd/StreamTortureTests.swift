import ExecutableTesting
import Foundation
import Testing

/// The smaller form of the tortures of `Tests/Faults/stream`, which checks every line of a log.
@Suite struct StreamTortureTests {
    private static let tortures = ["json", "text", "renamed", "truncated", "limited", "stalled", "closed"]

    @Test(arguments: tortures)
    func everyLineIsWholeOrCounted(torture: String) async throws {
        try await expectSuccess(of: torture, wrapper: [])
    }

    @Test(.enabled(if: Isolation.withOwnMounts.isPossible, "only root can mount a file system"))
    func aFullDiskLosesOnlyCountedLines() async throws {
        try await expectSuccess(of: "full-disk", wrapper: Isolation.withOwnMounts.command)
    }

    private func expectSuccess(of torture: String, wrapper: [String]) async throws {
        let folder = try TestFolder()
        let script = "\(TestedExecutable.package)/Tests/Faults/stream"
        let command = wrapper + [script, "--size", "small", "--listenerd", try TestedExecutable.listenerd, torture]
        let run = try RunningProgram(
            command[0],
            Array(command.dropFirst()),
            environment: ["TMPDIR": folder.path],
            output: folder.path(of: "output")
        )
        let ending = try await run.waitForEnd(diagnostics: { folder.text(of: "output") })
        #expect(ending == .status(0), "\(folder.text(of: "output"))")
    }
}
