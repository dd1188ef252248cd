import ExecutableTesting
import Foundation
import Testing

/// The example of ordered-startup-supervisord, whose configuration is unchanged except for its commands.
@Suite struct ExampleTests {
    /// Keeps supervisord's files in the test's folder.
    private static let daemon = """
        [supervisord]
        logfile=/dev/null
        logfile_maxbytes=0
        childlogdir=%(here)s

        """

    /// Returns the files of the example, with commands that need no network, and with a reserved port.
    private static func files(port: Int, listener: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for name in ["supervisord.conf"] + ["ping", "ping2", "ping3", "sleep"].map({ "supervisord.d/\($0).conf" }) {
            let path = "\(TestedExecutable.package)/Tests/EndToEnd/example/\(name)"
            files[name] = try String(contentsOfFile: path, encoding: .utf8)
                .replacing("127.0.0.1:9001", with: "127.0.0.1:\(port)")
                .replacing("command=listenerd --ordered-startup", with: "command=%(ENV_LISTENERD)s \(listener)")
                .replacing("command=ping -c1 www.example.com", with: "command=true")
                .replacing("[supervisord]\n", with: Self.daemon)
        }
        return files
    }

    @Test(arguments: ["--ordered-startup", "--ordered-startup --fatal-exit --log"])
    func theProgramsStartInOrderAndOnceEach(listener: String) async throws {
        let port = try ReservedPort()
        try await Supervisord.run(files: try Self.files(port: port.number, listener: listener)) { supervisord in
            try await supervisord.wait(forLog: "exited: ping3 (exit status 0; expected)")
            #expect(supervisord.started == ["ping", "sleep", "ping2", "ping3"], "\(supervisord.logs)")
            #expect(
                supervisord.log.inOrder(
                    "exited: ping (exit status 0; expected)",
                    "spawned: 'sleep'",
                    "success: sleep entered RUNNING state, process has stayed up for > than 5 seconds",
                    "spawned: 'ping2'",
                    "exited: ping2 (exit status 0; expected)",
                    "spawned: 'ping3'"
                ),
                "\(supervisord.logs)"
            )
            supervisord.send(SIGKILL, to: "sleep")
            try await supervisord.wait(forLog: "success: sleep entered RUNNING", times: 2)
            #expect(supervisord.started == ["ping", "sleep", "ping2", "ping3", "sleep"], "\(supervisord.logs)")
            let ending = try await supervisord.terminate()
            #expect(ending == .status(0), "\(supervisord.logs)")
        }
    }
}
