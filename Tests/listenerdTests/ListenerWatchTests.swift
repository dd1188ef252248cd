import ExecutableTesting
import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// When a listener that is restarted again and again counts as failed.
@Suite struct ListenerWatchTests {
    /// A supervisord that has the listener as a program, and the watch on it.
    private struct World {
        let supervisor: FakeSupervisor
        let watch: ListenerWatch
        var listeners: [WatchedListener]

        init() throws {
            let folder = try TestFolder()
            let section = "[eventlistener:listenerd]\ncommand=listenerd --fatal-exit\nevents=PROCESS_STATE\n"
            try folder.write(section, to: "f")
            let configuration = try SupervisorConfiguration(path: folder.path(of: "f"))
            listeners = configuration.eventListeners.compactMap { WatchedListener($0, added: nil) }
            supervisor = try FakeSupervisor("listenerd")
            let reporter = Reporter(program: "test") { _ in }
            watch = ListenerWatch(listeners, Supervisor(endpoint: supervisor.endpoint), reporter, whenLost: {})
        }

        /// Restarts the listener before each of so many checks, and returns whether it is lost at each.
        mutating func losses(count: Int) throws -> [Bool] {
            try (0..<count).map { _ in
                try? supervisor.stop("listenerd")
                try supervisor.start("listenerd")
                return watch.check(&listeners)
            }
        }
    }

    @Test func listenersThatFailAtEveryStartAreLost() throws {
        var world = try World()
        #expect(try world.losses(count: 5) == [false, false, false, false, true])
        #expect(world.watch.loss?.hasPrefix("listenerd fails every time it is started, so ") == true)
    }

    @Test func failuresBeforeARequestedReloadDoNotCount() throws {
        var world = try World()
        for _ in 0..<8 {
            #expect(try world.losses(count: 1) == [false])
            world.watch.resetRestartCounts()
        }
        #expect(try world.losses(count: 5) == [false, false, false, false, true])
    }

    @Test func failuresBeforeADetectedReloadDoNotCount() throws {
        var world = try World()
        #expect(try world.losses(count: 4) == [false, false, false, false])
        world.supervisor.disturb(.fault(Fault(.shutdownState)), times: 1)
        #expect(try world.losses(count: 5) == [false, false, false, false, false])
        #expect(world.watch.loss == nil)
    }
}
