import ExecutableTesting
import ListenerKit
import ListenerTesting
import Testing

@testable import listenerd

/// What a listener that is started again and again is taken for.
@Suite struct ListenerWatchTests {
    /// A supervisord that has the listener as a program, and who watches it.
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

        /// Whether it is lost at each of so many looks, before which it was started again.
        mutating func losses(count: Int) throws -> [Bool] {
            try (0..<count).map { _ in
                try? supervisor.stop("listenerd")
                try supervisor.start("listenerd")
                return watch.look(at: &listeners)
            }
        }
    }

    @Test func listenersThatFailAtEveryStartAreLost() throws {
        var world = try World()
        #expect(try world.losses(count: 5) == [false, false, false, false, true])
        #expect(world.watch.description?.hasPrefix("listenerd fails every time it is started, so ") == true)
    }

    @Test func failuresBeforeARequestedReloadDoNotCount() throws {
        var world = try World()
        for _ in 0..<8 {
            #expect(try world.losses(count: 1) == [false])
            world.watch.forget()
        }
        #expect(try world.losses(count: 5) == [false, false, false, false, true])
    }

    @Test func failuresBeforeADetectedReloadDoNotCount() throws {
        var world = try World()
        #expect(try world.losses(count: 4) == [false, false, false, false])
        world.supervisor.disturb(.fault(Fault(.shutdownState)), times: 1)
        #expect(try world.losses(count: 5) == [false, false, false, false, false])
        #expect(world.watch.description == nil)
    }
}
