import ExecutableTesting
import Foundation
import Testing

/// `supervise` exits when it is told to, even if supervisord hangs.
@Suite struct SuperviseHangTests {
    /// A program with a child in a session of its own, which is not in its process group.
    private static let family = "/bin/sh -c 'setsid sleep 600 & touch %(here)s/up; exec sleep 600'"

    @Test func aSupervisordThatHangsIsKilledWithItsPrograms() async throws {
        let other = Sections.program("other", "sleep 600", "stopwaitsecs=0")
        let programs = other + Sections.program("web", Self.family, "stopwaitsecs=0")
        try await Supervise.run([], programs) { supervise in
            try await supervise.wait(forStarts: 2)
            try await supervise.wait(for: "the family") {
                FileManager.default.fileExists(atPath: supervise.folder.path(of: "up"))
            }
            kill(try #require(try supervise.supervisord), SIGSTOP)
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let text = """
                listenerd: error: supervisord did not exit within 10 s of SIGTERM, 10 s more than the stopwaitsecs of \
                its programs add up to; killing it and what it still runs: other, web

                """
            #expect(supervise.errors.contains(text), "\(supervise.logs)")
        }
    }

    /// A script in place of supervisord that ignores signals.
    @Test func supervisordThatNeverCameUpIsKilled() async throws {
        let start = "install -m 755 %(here)s/script %(here)s/supervisord; exec \"$@\""
        var options = Supervise.Options(wrapper: ["/bin/sh", "-c", start, "sh"], supervisord: "%(here)s/supervisord")
        options.environment["HERE"] = "%(here)s"
        let script = "#!/bin/sh\ntrap '' TERM INT QUIT\ntouch $HERE/up\nwhile :; do sleep 1; done\n"
        try await Supervise.run([], files: ["script": script], options) { supervise in
            try await supervise.wait(for: "the script") {
                FileManager.default.fileExists(atPath: supervise.folder.path(of: "up"))
            }
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            #expect(supervise.errors.contains("; killing it\n"), "\(supervise.logs)")
        }
    }
}
