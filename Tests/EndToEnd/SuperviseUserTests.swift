import ExecutableTesting
import Foundation
import Testing

/// `supervise`, its supervisord and its listener as other users, and in read-only folders.
@Suite struct SuperviseUserTests {
    private static let failingProgram = FatalExitTriggerTests.job("web", FatalExitTriggerTests.exits(7))
    private static let onExit = ["--fatal-exit", "--fatal-exit-on", "exit"]
    private static let reason: Comment = "only root can become another user, who must reach what was built"

    /// Returns a base in a folder of its own that writes to another one.
    private static func image(user: String = "") -> [String: String] {
        let base = """
            [supervisord]
            logfile=/dev/null
            logfile_maxbytes=0
            pidfile=%(here)s/../state/supervisord.pid
            childlogdir=%(here)s/../state
            \(user)

            """
        return [
            "image/supervisord.conf": base + failingProgram, "state/empty": "",
            "script": Isolation.sharedSupervisord ?? "",
        ]
    }

    private static func protect(_ folder: TestFolder) {
        let modes: [(String, mode_t)] = [
            ("state", 0o777), ("image/supervisord.conf", 0o444), ("image", 0o555),
        ]
        for (name, mode) in modes {
            chmod(folder.path(of: name), mode)
        }
    }

    private static func expectStatus(_ supervise: Supervise, _ status: Int32) async throws {
        let ending = try await supervise.waitForEndWithoutTrace()
        chmod(supervise.folder.path(of: "image"), 0o755)
        #expect(ending == .status(status), "\(supervise.logs)")
    }

    @Test(.enabled(if: getuid() != 0 || Isolation.asNobody.isPossible, reason))
    func theBaseMayBeReadOnly() async throws {
        var options = Supervise.Options(base: "image/supervisord.conf", supervisord: "%(here)s/supervisord")
        // A file that this process has written may be busy (ETXTBSY): a child that another test has just forked may have it open.
        let install = ["/bin/sh", "-c", "install -m 755 %(here)s/script %(here)s/supervisord; exec \"$@\"", "sh"]
        options.wrapper = install + (getuid() == 0 ? Isolation.asNobody.command : [])
        try await Supervise.run(Self.onExit, files: Self.image(), options, prepare: Self.protect) { supervise in
            try await Self.expectStatus(supervise, 7)
        }
    }

    @Test(.enabled(if: Isolation.asNobody.isPossible, reason))
    func supervisordMayBecomeAnotherUser() async throws {
        let options = Supervise.Options(base: "image/supervisord.conf")
        let files = Self.image(user: "user=nobody")
        try await Supervise.run(Self.onExit, files: files, options, prepare: Self.protect) { supervise in
            try await Self.expectStatus(supervise, 7)
        }
    }

    /// supervisord's programs, which have its user and group, try to change the folder of the run.
    @Test(.enabled(if: Isolation.asNobody.isPossible, reason))
    func onlyTheFolderOfItsSocketIsThatUsers() async throws {
        let script = """
            cd ${LISTENERD_CONFIG%/*}
            for path in supervisor.sock status.new server.new; do echo >$path; done 2>/dev/null
            for path in status supervisord.conf server; do mv $path $path.old; rm -f $path; done 2>/dev/null
            mkdir -p server/a/b && echo >server/a/b/c && chmod 0 server/a
            stat -c "%n %a %U" . server server/supervisor.sock status supervisord.conf >$1/unfinished
            mv $1/unfinished $1/record
            exec sleep 600

            """
        var files = Self.image(user: "user=nobody")
        files["image/script"] = script
        files["image/supervisord.conf"]? += Sections.program("bad", "/bin/sh %(here)s/script %(here)s/../state")
        let options = Supervise.Options(base: "image/supervisord.conf")
        try await Supervise.run(["--log"], files: files, options, prepare: Self.protect) { supervise in
            try await supervise.wait(forFile: "state/record")
            let record = supervise.folder.lines(of: "state/record")
            #expect(
                record.prefix(5) == [
                    ". 711 root", "server 700 nobody", "server/supervisor.sock 700 nobody", "status 666 root",
                    "supervisord.conf 644 root",
                ]
            )
            // supervisord opens the listener's standard error as that user.
            try await supervise.wait(forLine: "bad STARTING → RUNNING")
            let ending = try await supervise.terminateWithoutTrace()
            chmod(supervise.folder.path(of: "image"), 0o755)
            #expect(ending == .status(0), "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: getuid() == 0, "only root can give files away"))
    func aPlaceThatAnotherUserCouldReplaceIsPassedOver() async throws {
        let give = { (folder: TestFolder) in #expect(chown(folder.path(of: Supervise.temporary), 65534, 65534) == 0) }
        try await Supervise.run(["--log"], Sections.program("web", "sleep 600"), prepare: give) { supervise in
            try await supervise.wait(forStarts: 1)
            #expect(supervise.leftovers == [])
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: Isolation.asNobody.isPossible, reason))
    func aListenerThatWillNotReadTheConfigurationIsForeseen() async throws {
        let options = Supervise.Options(base: "image/supervisord.conf")
        let files = Self.image(user: "user=nobody")
        let protect = { (folder: TestFolder) in
            Self.protect(folder)
            chmod(folder.path(of: "image/supervisord.conf"), 0o440)
            return
        }
        try await Supervise.run(["--log"], files: files, options, prepare: protect) { supervise in
            let base = supervise.folder.path(of: "image/supervisord.conf")
            try await supervise.wait(forLine: "listenerd: warning: not every user can read '\(base)', so listeners ")
            chmod(supervise.folder.path(of: "image"), 0o755)
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    /// Permissions of the base and its folder, and those of the composed file that follow.
    @Test(arguments: [(0o755, 0o644, 0o644), (0o755, 0o640, 0o600), (0o700, 0o644, 0o600)] as [(mode_t, mode_t, Int)])
    func composedFileIsNoMoreReadableThanItsBase(folderMode: mode_t, baseMode: mode_t, mode: Int) async throws {
        let protect = { (folder: TestFolder) in
            chmod(folder.path, folderMode)
            chmod(folder.path(of: Supervise.base), baseMode)
            return
        }
        try await Supervise.run(["--log"], Sections.program("web", "sleep 600"), prepare: protect) { supervise in
            try await supervise.wait(forStarts: 1)
            let name = try #require(supervise.leftovers.first)
            let path = supervise.folder.path(of: "\(Supervise.temporary)/\(name)/supervisord.conf")
            let composed = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(composed as? Int == mode)
            #expect(try await supervise.terminateWithoutTrace() == .status(0), "\(supervise.logs)")
        }
    }

    @Test(.enabled(if: Isolation.asNobody.isPossible, reason), arguments: ["", "user=daemon"])
    func supervisordMayBeToldToBecomeAnotherUser(user: String) async throws {
        let options = Supervise.Options(base: "image/supervisord.conf")
        let arguments = Self.onExit + ["--", "-u", "nobody"]
        try await Supervise.run(arguments, files: Self.image(user: user), options, prepare: Self.protect) { supervise in
            try await Self.expectStatus(supervise, 7)
        }
    }

    /// The listener knows the failure from events, and can read none of supervisord's files.
    @Test(.enabled(if: Isolation.asNobody.isPossible, reason))
    func aListenerMayBeUnableToReadTheConfiguration() async throws {
        let listener = Sections.listener(Self.onExit.joined(separator: " "), "user=nobody")
        let server = "\(Sections.server)chmod=0777\n"
        try await Supervise.run(
            [],
            server + listener + Self.failingProgram,
            prepare: { folder in chmod(folder.path(of: Supervise.base), 0o600) }
        ) { supervise in
            try await Self.expectStatus(supervise, 7)
            #expect(supervise.log.occurrences(of: "spawned: 'listenerd'") == 1, "\(supervise.logs)")
        }
    }

    /// A listener that cannot reach supervisord knows no status, and `supervise` ends supervisord itself.
    @Test(
        .enabled(if: Isolation.asNobody.isPossible, reason),
        arguments: [("\(Sections.server)chmod=0777\n", 7), ("", 70)] as [(String, Int32)]
    )
    func aListenerMayBeAnotherUser(server: String, status: Int32) async throws {
        let listener = Sections.listener(Self.onExit.joined(separator: " "), "user=nobody")
        try await Supervise.run([], server + listener + Self.failingProgram) { supervise in
            try await Self.expectStatus(supervise, status)
            let message = "shutting down supervisord (supervise will exit with 70); RPC failed: "
            let output = supervise.folder.text(of: Sections.listenerLog)
            #expect(output.contains(message) == (status == 70), "\(output)")
        }
    }
}
