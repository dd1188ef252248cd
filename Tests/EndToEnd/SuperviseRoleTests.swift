import ExecutableTesting
import Foundation
import Testing

/// The programs that run for a choice of roles.
@Suite struct SuperviseRoleTests {
    /// No file ends with a newline.
    private static let files = [
        "roles/web.conf": "[program:web]\ncommand=sleep 600",
        "roles/worker/a.conf": "[program:first]\ncommand=sleep 600",
        "roles/worker/b.conf": "[program:second]\ncommand=sleep 600",
        "roles/other.conf": "[program:other]\ncommand=sleep 600",
        "common.conf": "startsecs=0\nstdout_logfile=%(here)s/%(program_name)s.log",
    ]
    private static let base = Sections.program("base", "sleep 600")

    /// Choices of roles, and the programs that run then.
    static let choices: [(arguments: [String], variable: String, programs: [String])] = [
        (["--roles", "web, worker,web"], "", ["base", "first", "second", "web"]),
        ([], "web,worker", ["base", "first", "second", "web"]), (["--roles=other"], "web", ["base", "other"]),
        (["--default-roles", "other"], "", ["base", "other"]), (["--default-roles", "other"], "web", ["base", "web"]),
    ]

    @Test(arguments: choices)
    func theChosenOnesRunBesideTheBase(arguments: [String], variable: String, programs: [String]) async throws {
        let options = Supervise.Options(environment: ["ROLES": variable])
        try await Supervise.run(arguments + ["--log"], Self.base, files: Self.files, options) { supervise in
            try await supervise.wait(forStarts: programs.count)
            #expect(supervise.started.sorted() == programs, "\(supervise.logs)")
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test(arguments: [["--roles", "web,nope"], ["--roles", "../x"], [], ["--roles", ""], ["--default-roles", ","]])
    func withoutAChoiceThatMakesSenseNothingIsStarted(arguments: [String]) async throws {
        let files = Self.files.merging(["x.conf": "[program:x]\ncommand=sleep 600"]) { $1 }
        try await Supervise.run(arguments, Self.base, files: files) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(65), "\(supervise.logs)")
            #expect(supervise.errors.hasPrefix("listenerd: error: "), "\(supervise.logs)")
            #expect(supervise.errors.contains("other, web, worker (the roles in '"), "\(supervise.logs)")
            #expect(supervise.log == "")
        }
    }
}
