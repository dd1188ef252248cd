public import ListenerKit
import Synchronization

/// A model of supervisord to test listeners with: it follows the real one's rules, and acts only when the test tells it to.
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
/// Time stands still until ``advance(by:)``. Programs are models, and listeners are real: they speak supervisord's protocol over
/// pipes, and call it over a Unix socket.
public final class FakeSupervisor: Sendable {
    let core: SupervisorCore
    /// How long a function that waits does so before it throws.
    public let timeout: Duration
    let hasServer: Bool
    /// By which a `supervise` tells the listeners that are started from now on that everything is being stopped; nil for none.
    let stopNotice = Mutex<StopNoticeReader?>(nil)
    private let lastID = Atomic<Int>(0)

    /// Creates a supervisord whose programs have not been started.
    ///
    /// - Parameters:
    ///   - programs: The programs.
    ///   - identifier: Its `identifier`, the `server` of its events.
    ///   - hasServer: Whether it answers RPC calls.
    ///   - credentials: The user name and password that it asks callers for; nil for none.
    ///   - timeout: How long a function that waits does so before it throws.
    /// - Throws: `SystemError`.
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

    /// Creates a supervisord with an RPC server, and with programs that have not been started.
    ///
    /// - Parameter programs: The programs; a name alone stands for a program with supervisord's defaults.
    /// - Throws: `SystemError`.
    public convenience init(_ programs: FakeProgram...) throws {
        try self.init(programs)
    }

    deinit {
        core.close()
    }

    /// A folder for the files of the test, in `$TMPDIR`; it is removed together with this object.
    public var folder: String { core.folder.path }

    /// The address of the RPC server.
    public var endpoint: Endpoint { .unix(path: core.socketPath) }

    func nextID() -> Int {
        lastID.add(1, ordering: .relaxed).newValue
    }

    /// Waits until the model satisfies a condition.
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
