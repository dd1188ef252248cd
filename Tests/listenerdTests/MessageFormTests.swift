import ExecutableTesting
import Foundation
import Testing

/// The form of the program's own messages if the log is for machines.
@Suite struct MessageFormTests {
    /// A run that causes messages.
    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        var environment: [String: String] = [:]
        var input = ""
        let status: Int32
        /// The level of each message, and a part of its text.
        let said: [(level: String, text: String)]

        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let json = ["--log", "--log-format=json"]
    private static let supervised = ["SUPERVISOR_ENABLED": "1"]
    private static let nowhere = ["LISTENERD_CONFIG": "/nonexistent/supervisord.conf"]

    static let cases = [
        Case(arguments: json, status: 64, said: [("error", "Nothing to listen to: standard input ended")]),
        Case(
            arguments: json,
            environment: supervised.merging(["SUPERVISOR_SERVER_URL": "ftp://localhost"]) { $1 },
            status: 0,
            said: [("warning", "ftp://localhost")]
        ),
        Case(
            arguments: json + ["--log-file", "/nonexistent/events.log"],
            status: 71,
            said: [("error", "cannot open '/nonexistent/events.log' for appending: No such file or directory")]
        ),
        Case(
            arguments: json + ["--ordered-startup"],
            environment: nowhere,
            status: 65,
            said: [("error", "$LISTENERD_CONFIG names the configuration file '/nonexistent/supervisord.conf'")]
        ),
        Case(
            arguments: json,
            environment: supervised,
            input: "one \"stray\" line\nanother\n",
            status: 0,
            said: [("warning", "skipped a line that is not an event: 'one \"stray\" line'")]
        ),
        Case(
            arguments: json,
            input: "ver:3.0 server:supervisor serial:21 pool:listenerd poolserial:0 eventname:TICK_5 len:15\nwhen:12",
            status: 65,
            said: [("error", "")]
        ),
        Case(
            arguments: ["supervise", "-c", "/nonexistent/supervisord.conf"] + json,
            status: 65,
            said: [("error", "/nonexistent/supervisord.conf")]
        ),
    ]

    @Test(arguments: cases)
    func everyLineIsAnObject(of example: Case) async throws {
        let outcome = try await Outcome(
            of: example.arguments,
            environment: example.environment,
            input: example.input
        )
        #expect(outcome.ending == .status(example.status), "\(outcome.errors)")
        let objects = try outcome.errors.split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require(object as? [String: String], "\(line)")
        }
        #expect(objects.count == example.said.count, "\(outcome.errors)")
        for (object, said) in zip(objects, example.said) {
            #expect(object["event"] == "LISTENERD")
            #expect(object["level"] == said.level)
            #expect(object["message"]?.hasPrefix("listenerd: ") == false)
            #expect(said.text.isEmpty || object["message"]?.contains(said.text) == true, "\(outcome.errors)")
        }
    }
}
