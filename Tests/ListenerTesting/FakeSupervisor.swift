public import ListenerKit
import Synchronization

/// A supervisord to test listeners with: it keeps the real one's rules, and does nothing unless the test says so.
///
/// ```swift
/// let supervisor = try FakeSupervisor("web", "worker")
/// let listener = try supervisor.listen(with: [CrashMail.self], arguments: ["--crash-mail", "--crash-mail-to=x"])
/// supervisor.autostart()
/// supervisor.advance(by: .seconds(1))
/// try supervisor.exit("web", status: 3)
/// try await listener.waitForAcknowledgements()
/// ```
///
/// Time stands still until ``advance(by:)``. Programs are models, and listeners are real: they talk to supervisord over
/// pipes, and call it over a Unix socket.
public final class FakeSupervisor: Sendable {
    let core: SupervisorCore
    /// How long waiting for a fact may take before it counts as failed.
    public let timeout: Duration
    let hasServer: Bool
    private let lastID = Atomic<Int>(0)

    /// Sets up a supervisord whose programs have not been started.
    ///
    /// - Parameters:
    ///   - programs: The programs.
    ///   - identifier: The name of this supervisord.
    ///   - hasServer: Whether it can be called.
    ///   - credentials: What callers must know, if anything.
    ///   - timeout: How long waiting for a fact may take before it counts as failed.
    /// - Throws: ``ListenerKit/SystemError``.
    public init(
        _ programs: [FakeProgram],
        identifier: String = "supervisor",
        hasServer: Bool = true,
        credentials: Credentials? = nil,
        timeout: Duration = .seconds(60)
    ) throws {
        surviveFailedWrites()
        // A process id that no process can have, so that no signal finds one.
        var model = SupervisorModel(identifier: identifier, pid: 4_194_305)
        model.insert(programs)
        core = try SupervisorCore(model, credentials: credentials)
        self.hasServer = hasServer
        self.timeout = timeout
        if hasServer {
            try core.openServer()
        }
    }

    /// Sets up a supervisord as it is by default.
    ///
    /// - Parameter programs: The programs; a name alone is one that runs when it is started.
    /// - Throws: ``ListenerKit/SystemError``.
    public convenience init(_ programs: FakeProgram...) throws {
        try self.init(programs)
    }

    deinit {
        core.close()
    }

    /// A folder for whatever the test needs, in `$TMPDIR`; it goes away together with supervisord.
    public var folder: String { core.folder.path }

    /// Where supervisord can be called.
    public var endpoint: Endpoint { .unix(path: core.socketPath) }

    func nextID() -> Int {
        lastID.add(1, ordering: .relaxed).newValue
    }

    /// Waits until something is the case.
    func wait(
        _ awaited: String,
        describe: @escaping @Sendable (SupervisorModel) -> String,
        until isSatisfied: @escaping @Sendable (SupervisorModel) -> Bool
    ) async throws(TimeoutError) {
        guard await core.model.wait(within: timeout, until: isSatisfied) else {
            throw TimeoutError(awaited: awaited, limit: timeout, state: core.model.withLock { describe($0) })
        }
    }
}
