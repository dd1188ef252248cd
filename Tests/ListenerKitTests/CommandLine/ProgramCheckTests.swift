import ListenerTesting
import Testing

@testable import ListenerKit

@Suite struct ProgramCheckTests {
    private struct Output: ProcessLogHandler {
        static let name = "output"
        static let summary = "forwards output"
        init(_ context: Context) throws {}
        func handle(_ event: ProcessLogEvent) async throws {}
    }

    private struct Starter: ProcessStateHandler, SupervisorDependent {
        static let name = "starter"
        static let summary = "starts programs"
        init(_ context: Context) throws {}
        func handle(_ event: ProcessStateEvent) async throws {}
    }

    private static let program = Program(name: "crashd", handlers: [Output.self, Starter.self])
    /// A configuration without a problem; each case changes a line of it.
    private static let good = """
        [supervisord]
        [unix_http_server]
        file=/run/supervisor.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface
        [eventlistener:mine]
        command=/usr/bin/crashd --output --starter
        events=PROCESS_LOG,PROCESS_STATE
        buffer_size=100
        [program:web]
        command=sleep

        """

    /// The problems of a configuration, without the path of its file.
    private func problems(in text: String) throws -> [String] {
        let supervisor = try FakeSupervisor()
        let path = try supervisor.writeConfiguration(text)
        let configuration = try SupervisorConfiguration(path: path)
        return ProgramCheck.problems(in: configuration, of: Self.program).map { problem in
            "\(problem.location.line): \(problem.severity.rawValue): \(problem.message)"
        }
    }

    @Test func aListenerThatGetsAllThatItNeedsHasNoProblem() throws {
        #expect(try problems(in: Self.good) == [])
    }

    @Test(
        arguments: [
            (
                "events=PROCESS_LOG,PROCESS_STATE", "events=PROCESS_STATE",
                "8: error: mine has --output, which needs PROCESS_LOG; add it to events="
            ),
            (
                "PROCESS_STATE\n", "PROCESS_STATE_FATAL\n",
                "8: warning: mine has --starter, which needs PROCESS_STATE; add it to events="
            ),
            (
                "events=PROCESS_LOG,", "events=PROCESS_LOG,PROCESS_LOG_STDERR,",
                "8: warning: mine receives PROCESS_LOG_STDERR events more than once, because PROCESS_LOG includes them; "
                    + "remove PROCESS_LOG_STDERR from events="
            ),
            (
                "--output --starter", "--outptu",
                "7: error: mine exits as soon as it starts: Unknown option '--outptu'; did you mean '--output'?"
            ),
            (
                "buffer_size=100", "buffer_size=1",
                "9: warning: mine loses events: the start of all processes (2) causes at least 4 events, more than "
                    + "buffer_size=1 can hold; set buffer_size=1024"
            ),
            (
                "/usr/bin/crashd", "/usr/bin/other",
                "1: warning: no [eventlistener:x] runs crashd; add one, with its command= and events="
            ),
            (
                "[unix_http_server]\nfile=/run/supervisor.sock\n", "",
                "5: error: mine has --starter, which calls supervisord, but supervisord answers no calls; add "
                    + "[unix_http_server] with file=, and [rpcinterface:supervisor] with supervisor.rpcinterface_factory="
                    + "supervisor.rpcinterface:make_main_rpcinterface"
            ),
        ]
    )
    func problemsAreFoundWhereTheyAre(line: String, change: String, problem: String) throws {
        let text = Self.good.split(separator: line, omittingEmptySubsequences: false).joined(separator: change)
        #expect(try problems(in: text) == [problem])
    }

    @Test(arguments: ["env LANG=C /usr/bin/crashd", "crashd"])
    func aProgramIsRecognizedByItsName(command: String) throws {
        let text = Self.good.split(separator: "/usr/bin/crashd").joined(separator: command)
        #expect(try problems(in: text) == [])
    }
}
