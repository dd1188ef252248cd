import Glibc
import ListenerKit
import Testing

@testable import ListenerTesting
@testable import listenerd

/// Why a program cannot be started, as the system itself refuses it.
@Suite struct ProgramObstacleTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Files, what is started of them, and what stands in the way; `~` is the folder.
    static let obstacles: [(files: [(name: String, text: String, mode: mode_t)], program: String, ExecFailure)] = [
        ([], "~/program", .missing),
        ([], "program", .notOnPath),
        ([("program", "", 0o644)], "~/program", .notExecutable("~/program")),
        ([("program", "", 0o644)], "program", .notExecutable("~/program")),
        ([("program", "", 0o644)], "~/program/", .missing),
        ([], "~", .notAFile("~")),
        ([("program", "#!/no/python3\n", 0o755)], "~/program", .missingInterpreter("/no/python3", of: "~/program")),
        ([("program", "#! \t/no/python3 -E\n", 0o755)], "program", .missingInterpreter("/no/python3", of: "~/program")),
        ([("program", "#!/bin/sh\r\n", 0o755)], "~/program", .missingInterpreter("/bin/sh\r", of: "~/program")),
        (
            [("program", "#!~/python3\n", 0o755), ("python3", "", 0o644)], "~/program",
            .unusableInterpreter("~/python3", of: "~/program")
        ),
        ([("program", "#!~\n", 0o755)], "~/program", .unusableInterpreter("~", of: "~/program")),
        (
            [("program", "#!~/python3\n", 0o755), ("python3", "#!/no/env\n", 0o755)], "~/program",
            .missingInterpreter("/no/env", of: "~/python3")
        ),
        ([("program", "exit 0\n", 0o755)], "~/program", .unknownFormat("~/program")),
        ([("program", "", 0o755)], "program", .unknownFormat("~/program")),
    ]

    @Test(arguments: obstacles)
    func theCauseIsFound(
        files: [(name: String, text: String, mode: mode_t)],
        program: String,
        expected: ExecFailure
    ) throws {
        for file in files {
            let text = file.text.replacingTilde(with: folder.path)
            _ = try folder.writeProgram(text, to: file.name, permissions: file.mode)
        }
        let words = [program.replacingTilde(with: folder.path)]
        let path = folder.path
        let error = #expect(throws: SystemError.self) {
            // It is looked for as posix_spawnp does, in a PATH of its own.
            let name = words[0].utf8.contains(UInt8(ascii: "/")) ? words[0] : "\(path)/\(words[0])"
            _ = try ChildProcess.spawn([name], mask: SignalMask(set: sigset_t()))
        }
        let obstacle = ExecFailure(words[0], error: try #require(error), path: path)
        #expect("\(obstacle)" == "\(expected)".replacingTilde(with: folder.path))
    }

    @Test func theFirstThatCanBeExecutedIsMeant() throws {
        let script = try folder.writeProgram("#!/no/python3\n", to: "program")
        let path = "/no/such:\(folder.path)/none:\(folder.path):/bin"
        let obstacle = ExecFailure("program", error: SystemError("", code: ENOENT), path: path)
        #expect(obstacle == .missingInterpreter("/no/python3", of: script))
    }

    @Test func shortagesOfTheSystemAreNoObstaclesOfTheProgram() {
        #expect(ExecFailure("/bin/sh", error: SystemError("", code: ENOMEM), path: nil) == .other)
        #expect(ExecFailure("sh", error: SystemError("", code: ENOENT), path: nil) != .notOnPath)
    }
}

extension String {
    fileprivate func replacingTilde(with path: String) -> String {
        split(separator: "~", omittingEmptySubsequences: false).joined(separator: path)
    }
}
