import ListenerKit
import ListenerTesting
import Testing

@testable import Handlers

/// A log beside the handler that ends supervisord: both want to know how a process has ended, and afterwards nobody is told.
@Suite(.timeLimit(.minutes(5))) struct FatalExitWithLogTests {
    private static let configuration = """
        [supervisord]
        [program:web]
        command=web
        autorestart=false
        [eventlistener:listener]
        command=listener
        events=PROCESS_STATE
        """

    private func text(of path: String) throws -> String {
        String(decoding: try contents(ofFile: path), as: UTF8.self)
    }

    @Test(arguments: ["unexpected-exit", "exit", "all-exited"], [true, false])
    func theStatusIsAskedForOnceAndLoggedBeforeSupervisordIsShutDown(trigger: String, isLogFirst: Bool) async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", autorestart: .never))
        let path = "\(supervisor.folder)/log"
        let log = ["--log", "--log-file=\(path)", "--log-format=json"]
        let end = ["--fatal-exit", "--fatal-exit-on=\(trigger)"]
        let listener = try supervisor.listen(
            with: builtInHandlers,
            arguments: isLogFirst ? log + end : end + log,
            configuration: Self.configuration
        )
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try await listener.waitForAcknowledgements()
        try supervisor.exit("web", status: 7)
        try await supervisor.waitForCall("shutdown")
        // What waits longer than the time limit of the suite never comes.
        while try !text(of: path).contains("PROCESS_STATE_EXITED") {
            try await Task.sleep(for: .milliseconds(5))
        }
        let lines = try text(of: path).split(separator: "\n").filter { $0.contains("PROCESS_STATE_EXITED") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.contains("\"exitstatus\":7") }, "\(lines)")
        #expect(supervisor.calls(of: "getProcessInfo").count == 1)
    }

    @Test func nothingIsAskedAboutForALogThatIsNotThere() async throws {
        let supervisor = try FakeSupervisor(FakeProgram("web", autorestart: .never))
        let listener = try supervisor.listen(
            with: builtInHandlers,
            arguments: ["--fatal-exit", "--fatal-exit-on=all-exited"],
            configuration: Self.configuration
        )
        supervisor.autostart()
        supervisor.advance(by: .seconds(2))
        try await listener.waitForAcknowledgements()
        try supervisor.exit("web", status: 7)
        try await supervisor.waitForCall("shutdown")
        #expect(supervisor.calls(of: "getProcessInfo").isEmpty)
    }
}
