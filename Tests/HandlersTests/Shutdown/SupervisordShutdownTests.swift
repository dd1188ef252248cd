import ExecutableTesting
import Testing

@testable import Handlers
@testable import ListenerKit
@testable import ListenerTesting

/// What is left to the `supervise` that runs supervisord.
@Suite struct SupervisordShutdownTests {
    private static let verdict = ShutdownVerdict(reason: "web is FATAL", status: 7)

    private let folder: TemporaryFolder
    private let supervisor: FakeSupervisor
    private let statusFile: String

    init() throws {
        folder = try TemporaryFolder()
        statusFile = "\(folder.path)/status"
        supervisor = try FakeSupervisor("web")
        supervisor.stopNotice.withLock { [statusFile] in $0 = StopNoticeReader(beside: statusFile) }
    }

    private func shutDown(_ test: TestContext) async -> Bool {
        let shutdown = SupervisordShutdown(
            test.context,
            SupervisordProcess(pid: 0),
            statusPath: statusFile,
            superviseTimeout: .seconds(3600)
        )
        return await shutdown.shutDown(Self.verdict, after: nil)
    }

    @Test func aSuperviseThatBeginsToStopDoesTheRest() async throws {
        let notice = try StopNotice(beside: statusFile)
        let socket = try StatusSocket(path: statusFile)
        let test = try TestContext(for: FatalExit.self, supervisor: supervisor)
        async let isBegun = shutDown(test)
        var status: StatusSocket.Status?
        while status == nil {
            status = try socket.receive()
            await Task.yield()
        }
        try notice.post(waitingFor: .zero)
        #expect(await isBegun)
        #expect(status?.status == 7)
        #expect(supervisor.allCalls.isEmpty)
        #expect(
            test.messages == [
                "listener: error: web is FATAL; shutting down supervisord (supervise will exit with 7)"
            ]
        )
    }

    @Test func aSuperviseWithoutANoticeLeavesItToTheListener() async throws {
        let socket = try StatusSocket(path: statusFile)
        let test = try TestContext(for: FatalExit.self, supervisor: supervisor)
        #expect(await shutDown(test))
        #expect(try socket.receive()?.status == 7)
        #expect(supervisor.allCalls == [RPCCall("shutdown")])
    }

    @Test func aSuperviseThatIsGoneLeavesItToTheListener() async throws {
        let notice = try StopNotice(beside: statusFile)
        let test = try TestContext(for: FatalExit.self, supervisor: supervisor)
        #expect(await shutDown(test))
        #expect(supervisor.allCalls == [RPCCall("shutdown")])
        withExtendedLifetime(notice) {}
    }

    @Test func nothingIsDoneOrSaidOnceEverythingIsBeingStopped() async throws {
        let notice = try StopNotice(beside: statusFile)
        let socket = try StatusSocket(path: statusFile)
        try notice.post(waitingFor: .zero)
        let test = try TestContext(for: FatalExit.self, supervisor: supervisor)
        #expect(await shutDown(test))
        let shutdown = SupervisordShutdown(test.context, SupervisordProcess(pid: 0), statusPath: statusFile)
        guard case .isStopping = await shutdown.ask(about: .of("web")) else {
            Issue.record("supervisord was asked")
            return
        }
        #expect(try socket.receive() == nil)
        #expect(supervisor.allCalls.isEmpty)
        #expect(test.messages == [])
    }
}
