import ExecutableTesting
import Foundation
import Testing

/// Processes whose parent has exited.
@Suite struct SuperviseOrphanTests {
    private static let count = 100

    /// A program that makes orphans, each of which exits once it has been reparented.
    private static let files = [
        "orphan": """
        until read -r _ _ _ parent _ </proc/$$/stat && [ $parent = $2 ]; do sleep 0.05; done
        echo $parent >>$1/parents

        """,
        "maker": """
        read -r _ _ _ grandparent _ </proc/$PPID/stat
        for number in $(seq \(count)); do (/bin/sh $1/orphan $1 $grandparent &); done
        exec sleep 600

        """,
    ]
    private static let maker = Sections.program("maker", "/bin/sh %(here)s/maker %(here)s")

    private static func expectNoOrphans(of supervise: Supervise, adoptedBy number: Int32) async throws {
        try await supervise.wait(for: "\(count) orphans") { supervise.folder.lines(of: "parents").count == count }
        #expect(Set(supervise.folder.lines(of: "parents")) == ["\(number)"])
        try await supervise.wait(for: "nobody but supervisord") { supervise.children.count == 1 }
    }

    @Test func orphansAreReaped() async throws {
        try await Supervise.run([], Self.maker, files: Self.files) { supervise in
            try await Self.expectNoOrphans(of: supervise, adoptedBy: supervise.program.pid)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: Isolation.asFirstProcess.isPossible, "only root can make a PID namespace"))
    func theFirstProcessReapsOrphansAndTakesSignals() async throws {
        let options = Supervise.Options(wrapper: Isolation.asFirstProcess.command)
        try await Supervise.run(["--log"], Self.maker, files: Self.files, options) { supervise in
            try await Self.expectNoOrphans(of: supervise, adoptedBy: 1)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.log.contains("stopped: maker"), "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: Isolation.asFirstProcess.isPossible, "only root can make a PID namespace"))
    func theFirstProcessEndsWithTheStatusAndIsFoundByOthers() async throws {
        let asking = """
            unset LISTENERD_CONFIG
            cd /
            for command in plan status; do %(ENV_LISTENERD)s $command >$1/$command 2>&1; done
            exit 7

            """
        let base = Sections.program("web", "sleep 600", "autostart=false", "startafter=")
        let asker = FatalExitTriggerTests.job("asker", "/bin/sh %(here)s/asking %(here)s")
        try await Supervise.run(
            ["--fatal-exit", "--fatal-exit-on", "exit", "--fatal-exit-programs", "asker"],
            base + asker,
            files: ["asking": asking.replacing("%(ENV_LISTENERD)s", with: try TestedExecutable.listenerd)],
            Supervise.Options(wrapper: Isolation.asFirstProcess.command)
        ) { supervise in
            let ending = try await supervise.waitForEndWithoutTrace()
            #expect(ending == .status(7), "\(supervise.logs)")
            #expect(supervise.folder.text(of: "plan").contains("1  web    at once\n"))
            #expect(supervise.folder.text(of: "status").contains("asker"), "\(supervise.folder.text(of: "status"))")
        }
    }
}
