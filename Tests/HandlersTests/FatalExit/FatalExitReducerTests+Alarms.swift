import ListenerKit
import Testing

@testable import Handlers

/// When the reducer sets its alarm, and asks for snapshots.
extension FatalExitReducerTests {
    @Test func supervisordIsNudgedWhileAFailureIsAwaited() throws {
        check(
            [
                .change("web", .stopped, .starting(tries: 0)),
                .change("web", .starting, .backoff(tries: 1), "set the alarm at 1.01 s"),
                .given(.alarm, at: .seconds(2), "nudge supervisord", "set the alarm at 2.03125 s"),
                .change("web", .backoff, .starting(tries: 1), at: .seconds(2), "set the alarm at 2.01 s"),
                .change("web", .starting, .running(pid: 1), at: .seconds(3), "clear the alarm"),
            ],
            try reducer("fatal")
        )
    }

    @Test func theAlarmIsTakenBackWhileSupervisordStops() throws {
        let header = EventHeader(name: "SUPERVISOR_STATE_CHANGE_STOPPING")
        check(
            [
                .change("web", .starting, .backoff(tries: 1), "set the alarm at 1.01 s"),
                .given(.supervisor(SupervisorStateEvent(header: header, state: .running))),
                .given(.supervisor(SupervisorStateEvent(header: header, state: .stopping)), "clear the alarm"),
                .change("web", .backoff, .fatal),
            ],
            try reducer("fatal")
        )
    }

    @Test(arguments: [true, false])
    func newProcessesAndGroupsRequestOneSnapshot(asksForUpdates: Bool) throws {
        let header = EventHeader(name: "PROCESS_GROUP_ADDED")
        func group(_ change: ProcessGroupEvent.Change, isDecisive: Bool = false) -> FatalExitStep {
            let event = ProcessGroupEvent(header: header, group: "new", change: change)
            let decisions = isDecisive && asksForUpdates ? ["request a snapshot in 0.1 s"] : []
            return FatalExitStep(input: { .group(event) }, decisions: decisions)
        }
        func new(isDecisive: Bool = false) -> FatalExitStep {
            let event = FatalExitStep.change("new", .stopped, .starting(tries: 0))
            let decisions = isDecisive && asksForUpdates ? ["request a snapshot in 0.1 s"] : []
            return FatalExitStep(input: event.input, decisions: decisions)
        }
        check(
            [
                group(.removed), group(.added, isDecisive: true), group(.added), new(),
                .given(.snapshot(of: .of("new", .running))),
                // It is no news any more, until supervisord does not have it.
                new(), .given(.snapshot(Snapshot(processes: [], reason: .request), nil)), new(isDecisive: true), new(),
            ],
            try reducer("fatal", asksForUpdates: asksForUpdates)
        )
    }

    @Test func aConfigurationThatComesWithASnapshotIsJudgedBy() throws {
        let new = try SupervisorConfiguration.of("[program:job]\ncommand=job\nautorestart=false\nexitcodes=7\n")
        let programs = WatchedPrograms(.all, new)
        let exited = Snapshot(
            processes: [.of("job", .exited, status: 7)],
            reason: .request,
            time: Self.start
        )
        check(
            [
                FatalExitStep(input: { .snapshot(exited, .init(programs: programs, startup: nil)) }, decisions: []),
                FatalExitStep(input: { .snapshot(exited, nil) }, decisions: []),
            ],
            try reducer("unexpected-exit")
        )
        check(
            [FatalExitStep(input: { .snapshot(exited, nil) }, decisions: ["ask about job"])],
            try reducer("unexpected-exit")
        )
    }
}
