import ExecutableTesting
import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// What a listener that is started again and again is taken for.
@Suite struct ListenerWatchTests {
    /// Makes one for a listener of a supervisord that has it as a program.
    private func watch(_ supervisor: FakeSupervisor) throws -> ListenerWatch {
        let folder = try TestFolder()
        try folder.write("[eventlistener:listenerd]\ncommand=listenerd --fatal-exit\nevents=PROCESS_STATE\n", to: "f")
        let listeners = try SupervisorConfiguration(path: folder.path(of: "f")).eventListeners
        return ListenerWatch(
            listeners.compactMap { WatchedListener($0, added: nil) },
            Supervisor(endpoint: supervisor.endpoint),
            Reporter(program: "test") { _ in },
            whenLost: {}
        )
    }

    /// Whether it is lost at each of so many looks, before which it was started again.
    private func losses(_ watch: ListenerWatch, _ supervisor: FakeSupervisor, count: Int) throws -> [Bool] {
        try (0..<count).map { _ in
            try? supervisor.stop("listenerd")
            try supervisor.start("listenerd")
            return watch.look()
        }
    }

    @Test func oneThatFailsAsOftenAsItIsStartedIsLost() throws {
        let supervisor = try FakeSupervisor("listenerd")
        let watch = try watch(supervisor)
        #expect(try losses(watch, supervisor, count: 5) == [false, false, false, false, true])
        #expect(watch.description?.hasPrefix("listenerd fails as often as it is started, and ") == true)
    }

    @Test func whatSupervisordWasToldToBeginAnewDoesNotCount() throws {
        let supervisor = try FakeSupervisor("listenerd")
        let watch = try watch(supervisor)
        for _ in 0..<8 {
            #expect(try losses(watch, supervisor, count: 1) == [false])
            watch.forget()
        }
        #expect(try losses(watch, supervisor, count: 5) == [false, false, false, false, true])
    }

    @Test func whatSupervisordIsSeenToBeginAnewDoesNotCount() throws {
        let supervisor = try FakeSupervisor("listenerd")
        let watch = try watch(supervisor)
        #expect(try losses(watch, supervisor, count: 4) == [false, false, false, false])
        supervisor.disturb(.fault(Fault(.shutdownState)), times: 1)
        #expect(try losses(watch, supervisor, count: 5) == [false, false, false, false, false])
        #expect(watch.description == nil)
    }
}
