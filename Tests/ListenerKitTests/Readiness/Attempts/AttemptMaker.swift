import ExecutableTesting
import Testing

@testable import ListenerKit

/// The kit's probes; tests of the runtime have others of their own.
typealias ProgramProbe = ListenerKit.Probe

/// Makes real attempts on a thread of its own.
final class AttemptMaker: Sendable {
    /// What the inbox of the attempts has brought.
    let news = NewsRecord()
    let attempts: ProbeAttempts
    private let inbox: ReadinessInbox
    private let thread: PollThread

    /// Long enough for any machine.
    static let noTimeout = Duration.seconds(1000)

    init() throws {
        let arrived = news
        inbox = ReadinessInbox { arrived.hasArrived() }
        thread = try PollThread()
        attempts = ProbeAttempts(inbox, thread)
        news.read(from: inbox)
    }

    deinit {
        thread.finish()
    }

    /// Begins an attempt.
    func begin(_ id: Int, _ probe: ProgramProbe, pid: Int? = nil, timeout: Duration = noTimeout) {
        let process = ProcessName(group: "web", process: "web_0")
        attempts.begin(ProbeAttempt(id: id, probe: probe, process: process, pid: pid, timeout: timeout))
    }

    /// Makes one attempt, and waits for its outcome.
    static func outcome(
        _ probe: ProgramProbe,
        pid: Int? = nil,
        timeout: Duration = noTimeout
    ) async throws -> ProbeOutcome {
        let maker = try AttemptMaker()
        maker.begin(1, probe, pid: pid, timeout: timeout)
        try await wait(for: "the outcome of \(probe)") { maker.news.outcomes[1] != nil }
        return try #require(maker.news.outcomes[1])
    }

    /// Makes one attempt that runs a shell, and waits for its outcome.
    static func outcome(
        ofShell script: String,
        user: String? = nil,
        directory: String? = nil,
        environment: [String: String] = [:],
        timeout: Duration = noTimeout
    ) async throws -> ProbeOutcome {
        let command = shell(script, user: user, directory: directory, environment: environment)
        return try await outcome(command, timeout: timeout)
    }

    /// Returns the probe that runs a shell.
    static func shell(
        _ script: String,
        user: String? = nil,
        directory: String? = nil,
        environment: [String: String] = [:]
    ) -> ProgramProbe {
        let arguments = ["/bin/sh", "-c", script]
        return .command(
            ProbeCommand(arguments: arguments, user: user, directory: directory, environment: environment)
        )
    }
}
