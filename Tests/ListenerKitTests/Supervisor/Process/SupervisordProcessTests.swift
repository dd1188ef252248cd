import ExecutableTesting
import Foundation
import Testing

@testable import ListenerKit

/// Shells in supervisord's place: a subshell is what it forks, until it executes its program.
@Suite(.timeLimit(.minutes(5))) struct SupervisordProcessTests {
    /// A shell with a subshell that executes its program once there is a file.
    private final class Shell {
        let folder = FileManager.default.temporaryDirectory.appending(path: "shell-\(UUID().uuidString)").path
        let process = Process()

        init(_ program: String = "exec sleep 600") throws {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            process.executableURL = URL(filePath: "/bin/sh")
            let subshell = "until [ -e \(folder)/go ]; do sleep 0.01; done; \(program)"
            process.arguments = ["-c", "(\(subshell)) </dev/null 2>/dev/null & echo $! > \(folder)/pid; wait"]
            try process.run()
        }

        deinit {
            if let child = try? child() {
                kill(child, SIGKILL)
            }
            // Signals that can be blocked are, in what is started by a thread of the tests.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try? FileManager.default.removeItem(atPath: folder)
        }

        var supervisord: SupervisordProcess { SupervisordProcess(pid: process.processIdentifier) }

        func child() throws -> Int32 {
            var text = ""
            while !text.hasSuffix("\n") {
                usleep(1000)
                text = (try? String(contentsOfFile: "\(folder)/pid", encoding: .utf8)) ?? ""
            }
            return try #require(Int32(text.dropLast()))
        }

        func letGo() {
            _ = FileManager.default.createFile(atPath: "\(folder)/go", contents: nil)
        }
    }

    @Test func forkedChildrenAreAwaitedUntilTheyExecute() async throws {
        try await withDedicatedThread {
            let shell = try Shell()
            let child = try shell.child()
            #expect(ProcessStatus(pid: child)?.isBeforeExec == true)
            let supervisord = shell.supervisord
            async let arguments = onThread {
                supervisord.waitUntilChildrenExecute(by: .now + .seconds(600), startTimeout: .seconds(600))
                return RunningProcess(pid: child)?.arguments
            }
            // So that it waits already, as a rule.
            usleep(50_000)
            shell.letGo()
            #expect(try await arguments == ["sleep", "600"])
        }
    }

    @Test func childrenThatFailToExecuteAreNotAwaited() async throws {
        try await withDedicatedThread {
            let shell = try Shell("exit 127")
            _ = try shell.child()
            shell.letGo()
            shell.supervisord.waitUntilChildrenExecute(by: .now + .seconds(600), startTimeout: .seconds(600))
            // The time limit of the suite is far shorter than the deadline.
        }
    }

    @Test(arguments: [(Duration.zero, Duration.seconds(600)), (.seconds(600), .milliseconds(20))])
    func oldAndSlowChildrenAreNotAwaited(startTimeout: Duration, timeout: Duration) async throws {
        try await withDedicatedThread {
            let shell = try Shell()
            let child = try shell.child()
            shell.supervisord.waitUntilChildrenExecute(by: .now + timeout, startTimeout: startTimeout)
            #expect(ProcessStatus(pid: child)?.isBeforeExec == true)
        }
    }

    @Test func runningAndMissingProcessesAreNotAwaited() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sleep")
        process.arguments = ["600"]
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        let far = ContinuousClock.now + .seconds(600)
        SupervisordProcess(pid: currentProcessID()).waitUntilChildrenExecute(by: far, startTimeout: .zero)
        SupervisordProcess(pid: process.processIdentifier).waitUntilChildrenExecute(by: far)
        SupervisordProcess(pid: 4_194_305).waitUntilChildrenExecute(by: far)
        #expect(process.isRunning)
    }
}
