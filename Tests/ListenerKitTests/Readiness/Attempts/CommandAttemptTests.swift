import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit
@testable import ListenerTesting

@Suite struct CommandAttemptTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func outcome(_ arguments: [String], directory: String? = nil) async throws -> ProbeOutcome {
        let command = ProbeCommand(arguments: arguments, user: nil, directory: directory, environment: [:])
        return try await AttemptMaker.outcome(.command(command))
    }

    /// Waits until a command has written a number to a file.
    private func number(in name: String) async throws -> Int32 {
        let path = "\(folder.path)/\(name)"
        try await wait(for: name) { (try? contents(ofFile: path))?.last == UInt8(ascii: "\n") }
        return try #require(Int32(exactly: Int(decimal: contents(ofFile: path).dropLast()) ?? -1))
    }

    /// Waits until a process has ended; its parent need not have reaped it.
    private func waitForEnd(of pid: Int32) async throws {
        try await wait(for: "the end of process \(pid)") {
            ProcessStatus(pid: pid) == nil || ProcessStatus(pid: pid)?.isBeforeExec == false && isZombie(pid)
        }
    }

    private func isZombie(_ pid: Int32) -> Bool {
        let text = (try? contents(ofFile: "/proc/\(pid)/stat")).map { String(decoding: $0, as: UTF8.self) }
        return text?.contains(") Z ") ?? true
    }

    @Test(
        arguments: [
            ("exit 0", .passed), ("echo all is well", .passed), ("exit 3", .failed("exited with status 3")),
            ("kill -KILL $$", .failed("killed by SIGKILL")), ("kill -SEGV $$", .failed("killed by signal 11")),
            ("echo one; echo 'no answer' >&2; exit 1", .failed("no answer")),
            ("printf 'half a line'; exit 1", .failed("half a line")),
            ("exec >&- 2>&-; exit 4", .failed("exited with status 4")),
            // The input is empty.
            ("read -r line && exit 0; exit 5", .failed("exited with status 5")),
            // No more than a bit of a flood is kept, and the pipe does not fill up.
            ("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end; exit 1", .failed("end")),
        ] as [(String, ProbeOutcome)]
    )
    func theStatusOrTheLastLineIsTheOutcome(script: String, outcome: ProbeOutcome) async throws {
        #expect(try await AttemptMaker.outcome(ofShell: script) == outcome)
    }

    @Test func commandsThatCannotBeRunAreNamed() async throws {
        #expect(try await outcome(["no-such-command"]) == .failed("no such command 'no-such-command'"))
        #expect(try await outcome(["/no/such/command"]) == .failed("no such command '/no/such/command'"))
        #expect(try await outcome([]) == .failed("no command"))
        #expect(try await outcome(["/etc/passwd"]) == .failed("cannot run '/etc/passwd': permission denied"))
        #expect(
            try await outcome(["true"], directory: "/no/folder")
                == .failed("cannot enter '/no/folder': no such file or directory")
        )
        let script = try folder.writeProgram("#!/no/interpreter\n", to: "script")
        #expect(try await outcome([script]) == .failed("cannot run '\(script)': its interpreter or loader is missing"))
        let text = try folder.writeProgram("echo\n", to: "text")
        #expect(try await outcome([text]) == .failed("cannot run '\(text)': exec format error"))
    }

    @Test func theCommandIsFoundInItsOwnPathAndFolder() async throws {
        _ = try folder.writeProgram("#!/bin/sh\necho \"$0 in $(pwd)\"; exit 1\n", to: "probe")
        let environment = ["PATH": "/nowhere:\(folder.path):/bin"]
        let command = ProbeCommand(arguments: ["probe"], user: nil, directory: "/", environment: environment)
        #expect(try await AttemptMaker.outcome(.command(command)) == .failed("\(folder.path)/probe in /"))
        #expect(try await outcome(["./probe"], directory: folder.path) == .failed("./probe in \(folder.path)"))
        _ = try folder.write("", to: "plain")
        let plain = ProbeCommand(arguments: ["plain"], user: nil, directory: nil, environment: environment)
        #expect(try await AttemptMaker.outcome(.command(plain)) == .failed("cannot run 'plain': permission denied"))
    }

    @Test(
        arguments: [
            ([:], "web_0 web PATH"), (["PATH": "/bin"], "web_0 web /bin"),
            (["SUPERVISOR_PROCESS_NAME": "own"], "own web PATH"),
        ] as [([String: String], String)]
    )
    func theEnvironmentIsThatOfTheProgram(environment: [String: String], line: String) async throws {
        // The whole of it may be longer than the line that is kept.
        let script = """
            test "$PATH" != '\(currentEnvironment()["PATH"] ?? "")' || PATH=PATH
            echo $SUPERVISOR_PROCESS_NAME $SUPERVISOR_GROUP_NAME $PATH
            exit 1
            """
        #expect(try await AttemptMaker.outcome(ofShell: script, environment: environment) == .failed(line))
    }

    @Test func nothingOfThisProcessIsInherited() async throws {
        // A descriptor that children inherit, of another test or a handler.
        let inherited = fcntl(2, F_DUPFD, 30)
        defer { close(inherited) }
        let script = """
            for number in $(seq 3 9) $(seq 20 200); do test -e /proc/$$/fd/$number && echo "$number is open"; done
            read -r pid name state parent group rest < /proc/$$/stat
            test $group = $$ || echo "group $group"
            while read -r name value; do
                # The C library ignores its own two signals in children.
                case $name$value in
                    SigIgn:0000000180000000) ;;
                    SigBlk:*|SigIgn:*) test $value = 0000000000000000 || echo "$name $value" ;;
                esac
            done < /proc/$$/status
            exit 7
            """
        let outcome = try await AttemptMaker.outcome(ofShell: script)
        #expect(outcome == .failed("exited with status 7"))
    }

    @Test func aChildThatIsLeftBehindIsKilledAndHoldsUpNothing() async throws {
        let script = "sleep 1000 & echo $! > \(folder.path)/child; exit 3"
        #expect(try await AttemptMaker.outcome(ofShell: script) == .failed("exited with status 3"))
        try await waitForEnd(of: number(in: "child"))
    }

    @Test(arguments: [true, false])
    func everythingThatACommandHasStartedEndsWithIt(isCanceled: Bool) async throws {
        let script = """
            sleep 1000 & echo $! > \(folder.path)/child
            setsid sh -c 'sleep 1000 & echo $! > \(folder.path)/grandchild; wait' & echo $! > \(folder.path)/stranger
            echo $$ > \(folder.path)/command
            while :; do echo flood; done
            """
        let maker = try AttemptMaker()
        maker.begin(1, AttemptMaker.shell(script), timeout: isCanceled ? AttemptMaker.noTimeout : .seconds(3))
        var pids: [Int32] = []
        for name in ["child", "grandchild", "stranger", "command"] {
            pids.append(try await number(in: name))
        }
        if isCanceled {
            maker.attempts.cancel(1)
        } else {
            try await wait(for: "the outcome") { maker.news.outcomes[1] == .failed("timed out after 3 s") }
        }
        for pid in pids {
            try await waitForEnd(of: pid)
        }
        try await wait(for: "the command to be reaped") { ProcessStatus(pid: pids[3]) == nil }
        #expect(maker.news.outcomes.isEmpty == isCanceled)
    }

    @Test func onlyAFewRunAtOnceAndTheOthersLater() async throws {
        let maker = try AttemptMaker()
        for id in 0..<10 {
            let script = "echo $$ > \(folder.path)/\(id); while ! test -e \(folder.path)/go; do sleep 0.01; done"
            maker.begin(id, AttemptMaker.shell(script))
        }
        for id in 0..<4 {
            _ = try await number(in: "\(id)")
        }
        // One that waits can be canceled.
        maker.attempts.cancel(4)
        #expect((4..<10).allSatisfy { !fileExists("\(folder.path)/\($0)") })
        _ = try folder.write("", to: "go")
        try await wait(for: "the others") { maker.news.outcomes.count == 9 }
        #expect(maker.news.outcomes.values.allSatisfy { $0 == .passed })
        #expect(!fileExists("\(folder.path)/4"))
    }

    @Test func aUserThatDoesNotExistIsNamed() async throws {
        let outcome = try await AttemptMaker.outcome(ofShell: "exit 0", user: "no-such-user")
        #expect(outcome == .failed("no user 'no-such-user' in /etc/passwd"))
    }

    @Test(
        .enabled(if: getuid() == 0, "only root can become another user"),
        arguments: ["nobody", "daemon", "www-data"]
    )
    func theCommandRunsAsTheUserOfTheProgram(user: String) async throws {
        let account = try #require(UserAccount(user))
        let ids = "\(account.userID) \(account.userID) \(account.userID) \(account.userID)"
        let groups = Set(account.groupIDs()).sorted().map { "\($0)" }.joined(separator: " ")
        let script = """
            capabilities=
            while read -r name value; do
                case $name in
                    Uid:) users=$value ;;
                    Groups:) groups=$value ;;
                    CapPrm:|CapEff:|CapAmb:) capabilities="$capabilities $value" ;;
                esac
            done < /proc/self/status
            echo $users, $groups, $(id -g), $capabilities; exit 1
            """
        let none = Array(repeating: "0000000000000000", count: 3).joined(separator: " ")
        let outcome = try await AttemptMaker.outcome(ofShell: script, user: user)
        #expect(outcome == .failed("\(ids), \(groups), \(account.groupID), \(none)"))
        #expect(geteuid() == 0 && getuid() == 0)
        #expect(getDumpable(3, 0, 0, 0, 0) == 1, "other processes of root can inspect this one as before")
    }

    @Test(.enabled(if: getuid() == 0, "only root can become another user"))
    func whatTheUserMayNotEnterOrRunFails() async throws {
        let script = try folder.writeProgram("#!/bin/sh\n", to: "script", permissions: 0o700)
        let command = ProbeCommand(arguments: [script], user: "nobody", directory: nil, environment: [:])
        #expect(
            try await AttemptMaker.outcome(.command(command)) == .failed("cannot run '\(script)': permission denied")
        )
        let outcome = try await AttemptMaker.outcome(ofShell: "exit 0", user: "nobody", directory: folder.path)
        #expect(outcome == .failed("cannot enter '\(folder.path)': permission denied"))
    }

    @Test func whoIsNotRootSaysOnceThatItCannotBecomeAnotherUser() throws {
        let inbox = ReadinessInbox {}
        let users = CommandUsers(inbox, ownUser: 1000)
        let process = ProcessName(group: "web", process: "web_0")
        for number in 0..<3 {
            #expect(try users.account("root", of: ProcessName(group: "web", process: "web_\(number)")) == nil)
        }
        let text = "exec: of web:web_0 runs as user 1000 instead of root: only root can become another user"
        #expect(inbox.removeAll() == [.warning(text)])
        #expect(try CommandUsers(inbox, ownUser: 0).account("root", of: process) == nil)
        #expect(try CommandUsers(inbox, ownUser: 0).account("nobody", of: process) != nil)
        #expect(try users.account(nil, of: process) == nil)
        #expect(inbox.removeAll() == [])
    }
}

@_silgen_name("prctl")
private func getDumpable(_ option: Int32, _ second: UInt, _ third: UInt, _ fourth: UInt, _ fifth: UInt) -> Int32
