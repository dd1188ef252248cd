import ExecutableTesting
import Foundation
import Testing

/// Gates that run a command: `exec:`.
@Suite struct GateCommandTests {
    private static let gate = "exec:/bin/sh %(here)s/probe 'two words'"

    /// Runs a test with a program whose gate is a script in the folder.
    private func run(
        probe script: String,
        keys: String = "",
        _ test: (Supervisord) async throws -> Void
    ) async throws {
        let text = [
            Sections.supervisord, Sections.server, Sections.listener("--ordered-startup"),
            Sections.gated("/bin/sleep 600", ready: Self.gate, keys: keys), Sections.witness(),
        ]
        try await Supervisord.run(
            files: [Supervisord.configuration: text.joined(separator: "\n"), "probe": script],
            test
        )
    }

    /// Waits until none of the processes exists whose pids a script has written to a file, a line each.
    private func wait(forEndsIn name: String, count: Int, _ supervisord: Supervisord) async throws {
        let pids = supervisord.folder.lines(of: name).compactMap { Int32($0) }
        #expect(pids.count == count, "\(supervisord.logs)")
        try await supervisord.wait(for: "the ends of \(pids)") {
            // As long as nobody has reaped it, a process that has ended exists.
            pids.allSatisfy { pid in
                let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat")
                return stat.map { String(decoding: $0, as: UTF8.self).contains(") Z ") } ?? true
            }
        }
    }

    @Test func aCommandThatFailsTwiceAndThenSucceeds() async throws {
        let script = """
            [ "$1" = 'two words' ] || exit 9
            echo tried >>"$LISTENERD_TEST_FOLDER/record"
            [ "$(grep -c . "$LISTENERD_TEST_FOLDER/record")" -ge 3 ]

            """
        try await run(probe: script) { supervisord in
            let record = try await supervisord.record()
            #expect(record == ["tried", "tried", "tried"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.record == record, "\(supervisord.logs)")
        }
    }

    @Test func aCommandThatHangsIsEndedWithItsChildrenAndTriedAgain() async throws {
        let script = """
            cd "$LISTENERD_TEST_FOLDER"
            [ -e pids ] && exit 0
            trap '' TERM
            sleep 600 &
            echo $! >>pids
            (trap '' TERM; sleep 600 & wait) &
            echo $! >>pids
            echo $$ >>pids
            wait

            """
        try await run(probe: script) { supervisord in
            _ = try await supervisord.record()
            try await wait(forEndsIn: "pids", count: 3, supervisord)
        }
    }

    @Test(arguments: [0, 1])
    func aChildThatACommandLeavesIsKilledAndHoldsNothingUp(status: Int) async throws {
        // The child has the command's standard output and standard error, and so keeps their pipes open.
        let script = """
            cd "$LISTENERD_TEST_FOLDER"
            [ -e pids ] && exit 0
            sleep 600 &
            echo $! >pids
            exit \(status)

            """
        try await run(probe: script) { supervisord in
            _ = try await supervisord.record()
            try await wait(forEndsIn: "pids", count: 1, supervisord)
        }
    }

    @Test func aCommandIsEndedWithTheListener() async throws {
        let script = """
            cd "$LISTENERD_TEST_FOLDER"
            sleep 600 &
            echo $! >>pids
            echo $$ >>pids
            wait

            """
        try await run(probe: script) { supervisord in
            try await supervisord.wait(for: "the command") { supervisord.folder.lines(of: "pids").count >= 2 }
            try await supervisord.rpc.stopProcess("listenerd")
            let count = supervisord.folder.lines(of: "pids").count
            try await wait(forEndsIn: "pids", count: count, supervisord)
        }
    }

    @Test func aCommandHasSafeDescriptorsAndAGroupOfItsOwn() async throws {
        let script = """
            cd "$LISTENERD_TEST_FOLDER"
            read -r line
            echo "input:$line" >>record
            echo 'a protocol error, if supervisord reads it'
            # The fourth is that of the folder.
            [ "$(ls /proc/self/fd | grep -c .)" = 4 ] || ls -l /proc/self/fd >>record
            [ "$(ps -o pgid= -p $$ | tr -d ' ')" = $$ ] && echo leads >>record
            exit 0

            """
        try await run(probe: script) { supervisord in
            let record = try await supervisord.record()
            #expect(record == ["input:", "leads"], "\(supervisord.logs)")
            try await supervisord.wait(forLine: "started 2 processes in order")
            #expect(supervisord.pids(of: "listenerd").count == 1, "\(supervisord.logs)")
        }
    }

    @Test(.enabled(if: getuid() == 0))
    func aCommandRunsAsTheUserOfTheProgramInItsDirectoryAndWithItsEnvironment() async throws {
        let script = """
            echo 'another line'
            echo "$(id -un) $(id -G) $PWD $COLOR $HOME" >&2
            exit 1

            """
        let group = getpwnam("nobody")?.pointee.pw_gid ?? 65534
        try await run(
            probe: script,
            keys: "user=nobody\ndirectory=/usr/lib\nenvironment=COLOR=\"dark blue\",HOME=/no\nready_timeout=1"
        ) { supervisord in
            try await supervisord.wait(forLine: "nobody \(group) /usr/lib dark blue /no")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
        }
    }

    @Test func aCommandThatDoesNotExistIsNamed() async throws {
        try await Supervisord.run(
            Sections.listener("--ordered-startup")
                + Sections.gated("/bin/sleep 600", ready: "exec:%(here)s/missing now", keys: "ready_timeout=1")
                + Sections.witness()
        ) { supervisord in
            try await supervisord.wait(forLine: "exec:\(supervisord.folder.path)/missing now")
            #expect(supervisord.started == ["server"], "\(supervisord.logs)")
        }
    }
}
