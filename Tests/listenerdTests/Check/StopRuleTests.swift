import ExecutableTesting
import Testing

/// `check --stop-within`.
@Suite struct StopRuleTests {
    private static func program(_ name: String, _ seconds: Int, after parent: String? = nil) -> String {
        let start = parent.map { "autostart=false\nstartafter=\($0)\n" } ?? ""
        return "[program:\(name)]\ncommand=sleep 1\nstopwaitsecs=\(seconds)\n\(start)"
    }

    private static let listener = """
        [eventlistener:order]
        command=listenerd --ordered-startup
        events=PROCESS_STATE
        buffer_size=1024
        startsecs=2
        stopwaitsecs=1
        stdout_logfile=NONE
        [unix_http_server]
        file=/tmp/s.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

        """
    /// 9 s in order, because `b` and `c` stop at the same time; 12 s otherwise.
    private static let ordered = program("a", 3) + program("b", 5, after: "a") + program("c", 3, after: "a") + listener
    /// 9 s in order, but 6 s otherwise.
    private static let grouped =
        program("a", 3) + program("b", 5, after: "a") + "[group:g]\nprograms=a,b\n" + listener
    private static let without = program("a", 3) + program("b", 5)

    private static let chain =
        "s.conf:1: error: programs may take 9 s to stop in the reverse of their order, longer than 8.5 s: these stop one after the "
        + "other, and each may take its stopwaitsecs (b 5 s, a 3 s and order 1 s); supervisord alone may take "

    static let stops: [(configuration: String, seconds: String, message: String, status: Int32)] = [
        (ordered, "12", "", 0),
        (
            ordered, "11.5",
            "s.conf:1: warning: supervisord may take 12 s to stop, longer than 11.5 s: it stops one group after the other, and waits "
                + "up to stopwaitsecs for each (b 5 s, a 3 s, c 3 s and order 1 s); 'listenerd supervise --ordered-startup' stops "
                + "what does not depend on each other at the same time, and so takes 9 s at most", 0
        ),
        (ordered, "9", "s.conf:1: warning: supervisord may take 12 s to stop, longer than 9 s", 0),
        (ordered, "8.5", chain + "12 s; lower stopwaitsecs", 65),
        (grouped, "8.5", chain + "6 s; lower stopwaitsecs", 65),
        (grouped, "9", "", 0), (without, "8", "", 0),
        (
            without, "7",
            "s.conf:1: error: supervisord may take 8 s to stop, longer than 7 s: it stops one group after the other, and waits up to "
                + "stopwaitsecs for each (b 5 s and a 3 s); in one group, all would stop at the same time, within 5 s; list them in "
                + "programs= of a [group:x], or lower stopwaitsecs", 65
        ),
        (
            program("a", 3) + program("b", 0), "2",
            "s.conf:1: error: supervisord may take 3 s to stop, longer than 2 s: it stops one group after the other, and waits up to "
                + "stopwaitsecs for each (a 3 s); lower stopwaitsecs", 65
        ),
        (
            program("a", 3, after: ""), "2",
            "s.conf:1: error: programs may take 3 s to stop in the reverse of their order", 65
        ),
    ]

    @Test(arguments: stops)
    func theStopIsComparedWithTheTimeThatThereIs(
        stop: (configuration: String, seconds: String, message: String, status: Int32)
    ) async throws {
        let folder = try TestFolder()
        try folder.write("[supervisord]\n\(stop.configuration)", to: "s.conf")
        let outcome = try await Outcome(
            of: ["check", "--assume-environment", "--stop-within", stop.seconds, "s.conf"],
            in: folder.path
        )
        let lines = outcome.output.split(separator: "\n").filter { $0.hasSuffix(" [slow-stop]") }
        #expect(lines.count == (stop.message.isEmpty ? 0 : 1), "\(outcome.output)")
        #expect(lines.allSatisfy { $0.hasPrefix(stop.message) }, "\(outcome.output)")
        #expect(outcome.ending == .status(stop.status), "\(outcome.output)")
    }
}
