import ExecutableTesting
import Foundation
import Testing

/// A rolling restart behind a load.
@Suite struct RestartLoadTests {
    /// The requests a second; a busy machine does not manage more beside other tests.
    private static let rate = ProcessInfo.processInfo.environment["LISTENERD_RESTART_RATE"] ?? "100"
    private static let folder = "\(TestedExecutable.package)/Tests/EndToEnd/restart"
    private static let workers = """
        [fcgi-program:web]
        command=python3 \(folder)/worker
        socket=unix://%(here)s/workers
        numprocs=8
        process_name=web_%(process_num)d
        startsecs=1

        """

    @Test(arguments: [[], ["--parallel=3"]]) func noRequestFails(options: [String]) async throws {
        try await Supervisord.run(Self.workers, slots: 2) { supervisord in
            for number in 0..<8 {
                try await supervisord.wait(forRunning: "web:web_\(number)")
            }
            let folder = supervisord.folder
            let command = ["\(Self.folder)/load", folder.path(of: "workers"), Self.rate]
            let load = try RunningProgram(
                "/bin/sh",
                ["-c", "cd \"$0\" && exec python3 \"$@\"", folder.path] + command,
                environment: try Supervisord.environment(of: folder),
                output: folder.path(of: "load")
            )
            try await supervisord.waitForRequests(100)
            let restart = try supervisord.startRestart("web:*", options: options)
            #expect(try await restart.waitForEnd() == .status(0), "\(supervisord.restartOutput)")
            let count = Int(folder.text(of: "requests")) ?? 0
            try await supervisord.waitForRequests(count + 100)
            load.send(SIGTERM)
            #expect(try await load.waitForEnd() == .status(0))
            let report = folder.text(of: "load")
            #expect(report.contains(" failed=0 "), "\(report)\(supervisord.logs)")
            for number in 0..<8 {
                #expect(supervisord.pids(of: "web_\(number)").count == 2)
            }
        }
    }
}

extension Supervisord {
    /// Waits until the load has sent a number of requests.
    fileprivate func waitForRequests(_ count: Int) async throws {
        try await wait(for: "\(count) requests") { Int(folder.text(of: "requests")) ?? 0 >= count }
    }
}
