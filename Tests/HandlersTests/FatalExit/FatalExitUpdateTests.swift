import ListenerTesting
import Testing

@testable import Handlers
@testable import ListenerKit

/// What ends supervisord after it has taken over another configuration.
@Suite struct FatalExitUpdateTests {
    private static let configuration = "[supervisord]\n[program:job]\ncommand=job\nautorestart=false\n"

    private func exited(_ name: String, _ status: Int) -> ProcessInformation {
        ProcessInformation(
            name: .of(name),
            state: .exited,
            startTime: Timestamp(seconds: 900),
            stopTime: Timestamp(seconds: 950),
            now: Timestamp(seconds: 1000),
            exitStatus: status
        )
    }

    @Test func programsAreJudgedByWhatTheNewOneSays() throws {
        var world = try FatalExitWorld("unexpected-exit", Self.configuration)
        #expect(world.policy.cause(in: [exited("job", 3)]) != nil)
        let new = try SupervisorConfiguration.of(
            "[program:job]\ncommand=job\nautorestart=false\nexitcodes=3\n[program:new]\ncommand=new\nautorestart=false\n"
        )
        #expect(world.policy.cause(in: [exited("new", 1)]) == nil)
        world.policy.adopt(WatchedPrograms(.all, new), startup: nil)
        #expect(world.policy.cause(in: [exited("job", 3)]) == nil)
        #expect(world.policy.cause(in: [exited("new", 1)]) != nil)
    }

    @Test func aProgramThatIsStillToBeStartedKeepsAllFromHavingExited() throws {
        var world = try FatalExitWorld("all-exited", Self.configuration, isOrdered: true)
        let snapshot = [
            exited("job", 0), ProcessInformation(name: .of("next"), state: .stopped, now: Timestamp(seconds: 1000)),
        ]
        #expect(world.policy.allExited(in: snapshot) != nil)
        let new = try SupervisorConfiguration.of(
            "[program:job]\ncommand=job\nautorestart=false\n[program:next]\ncommand=next\nautostart=false\n"
                + "startafter=job:exited\n"
        )
        world.policy.adopt(WatchedPrograms(.all, new), startup: StartupProgress(StartupPlan(new)))
        #expect(world.policy.allExited(in: snapshot) == nil)
    }

    @Test(arguments: [(false, 1), (true, 0)])
    func addedGroupsRequestOneSnapshotUnlessOrderedStartupDoes(isOrdered: Bool, count: Int) throws {
        let test = try TestContext(
            for: FatalExit.self,
            others: [OrderedStartup.self],
            arguments: isOrdered ? ["--ordered-startup"] : [],
            supervisor: FakeSupervisor("job"),
            configuration: Self.configuration
        )
        let handler = FatalExit(test.context)
        let header = EventHeader(name: "PROCESS_GROUP_ADDED")
        for group in ["job", "new"] {
            handler.handle(ProcessGroupEvent(header: header, group: group, change: .added))
        }
        handler.handle(ProcessGroupEvent(header: header, group: "old", change: .removed))
        #expect(test.requestedSnapshots.count == count)
    }

    @Test func eventsOfNewProcessesRequestASnapshot() async throws {
        let supervisor = try FakeSupervisor("job", "new")
        let test = try TestContext(
            for: FatalExit.self,
            arguments: ["--fatal-exit-on=all-exited"],
            supervisor: supervisor,
            configuration: Self.configuration
        )
        let handler = FatalExit(test.context)
        for name in ["job", "new", "new"] {
            let header = EventHeader(name: "PROCESS_STATE_STARTING")
            await handler.handle(
                ProcessStateEvent(
                    header: header,
                    process: .of(name),
                    previous: .stopped,
                    transition: .starting(tries: 0)
                )
            )
        }
        #expect(test.requestedSnapshots.count == 1)
    }
}
