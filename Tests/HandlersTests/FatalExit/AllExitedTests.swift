import ListenerKit
import Testing

@testable import Handlers

/// When everything has exited.
@Suite struct AllExitedTests: StartupWriting {
    private static let jobs = """
        [program:a]
        command=a
        autorestart=false
        [program:b]
        command=b
        autorestart=false
        """
    private static let listener = """

        [eventlistener:listenerd]
        command=listenerd
        events=PROCESS_STATE

        """
    private static let chain = """
        [program:a]
        command=a
        autostart=false
        autorestart=false
        startafter=
        [program:b]
        command=b
        autostart=false
        autorestart=false
        startafter=a:completed
        [program:c]
        command=c
        autostart=false
        autorestart=false
        startafter=b:completed
        """

    private func exited(_ name: String, at time: Int, status: Int = 0) -> ProcessInformation {
        information(name, .exited, started: time - 10, stopped: time, status: status)
    }

    /// The status to exit with if everything has exited; nil if it has not.
    private func status(
        _ processes: [ProcessInformation],
        _ configuration: String = Self.jobs,
        programs: String? = nil,
        isOrdered: Bool = false
    ) throws -> UInt8? {
        let world = try FatalExitWorld(
            "all-exited",
            programs: programs,
            configuration + Self.listener,
            isOrdered: isOrdered
        )
        let listener = information("listenerd", .running, started: 800)
        return world.policy.allExited(in: processes + [listener])?.verdict(nil)?.status
    }

    private func mayBeLast(
        _ name: String,
        _ transition: ProcessStateEvent.Transition,
        _ world: FatalExitWorld
    ) -> Bool {
        var world = world
        return world.judge(name, .running, transition)?.mayBeLastExit ?? false
    }

    @Test func theStatusIsThatOfTheFirstThatFailed() throws {
        #expect(try status([exited("a", at: 900), exited("b", at: 901)]) == 0)
        #expect(try status([exited("a", at: 900, status: 5), exited("b", at: 901)]) == 5)
        #expect(try status([exited("a", at: 902, status: 5), exited("b", at: 901, status: 6)]) == 6)
        #expect(try status([information("a", .fatal, started: 900), exited("b", at: 901, status: 6)]) == 70)
    }

    @Test(arguments: [.starting, .running, .backoff, .stopping, .unknown] as [ProcessState])
    func nothingHasEndedWhereSomethingIsAlive(state: ProcessState) throws {
        #expect(try status([exited("a", at: 900), information("b", state, started: 901)]) == nil)
    }

    @Test func aProgramThatSupervisordStartsAgainIsAlive() throws {
        let configuration = "[program:a]\ncommand=a\n[program:b]\ncommand=b\nautorestart=true\n"
        #expect(try status([exited("a", at: 900)], configuration) == 0)
        #expect(try status([exited("a", at: 900, status: 1)], configuration) == nil)
        #expect(try status([exited("a", at: 900), exited("b", at: 901)], configuration) == nil)
    }

    @Test func aProgramThatSupervisordHasYetToStartIsAlive() throws {
        #expect(try status(untouched("a", "b")) == nil)
        #expect(try status([exited("a", at: 900)] + untouched("b")) == nil)
    }

    @Test func programsStoppedByAnOperatorDoNotCountAndTriggerNothing() throws {
        let stopped = information("b", .stopped, started: 890, stopped: 900)
        #expect(try status([exited("a", at: 910), stopped]) == 0)
        #expect(try status([exited("a", at: 880), stopped]) == nil)
        #expect(try status([information("a", .stopped, started: 890, stopped: 900), stopped]) == nil)
    }

    @Test func removalOfAProgramStoppedLastTriggersNothing() throws {
        var world = try FatalExitWorld("all-exited", Self.jobs)
        _ = world.see("a", .running, .exited(expected: true, pid: 1))
        _ = world.see("b", .stopping, .stopped(pid: 2))
        #expect(world.policy.allExited(in: [exited("a", at: 900)]) == nil)
        _ = world.see("b", .running, .exited(expected: true, pid: 3))
        #expect(world.policy.allExited(in: [exited("a", at: 900), exited("b", at: 910)]) != nil)
    }

    @Test func afterALossOnlyTheSnapshotTellsWhatWasStoppedLast() throws {
        var world = try FatalExitWorld("all-exited", Self.jobs)
        _ = world.see("b", .stopping, .stopped(pid: 2))
        world.policy.eventsWereLost()
        #expect(world.policy.allExited(in: [exited("a", at: 900), exited("b", at: 910)]) != nil)
    }

    @Test func programsThatAreTakenOutMayGoOn() throws {
        let processes = [exited("a", at: 900, status: 4), information("b", .running, started: 800)]
        #expect(try status(processes, programs: "!b") == 4)
        #expect(try status(processes, programs: "a") == 4)
    }

    @Test func withoutAConfigurationNothingHasEnded() throws {
        let world = try FatalExitWorld("all-exited", nil)
        let processes = [exited("a", at: 900), information("listenerd", .running, started: 800)]
        #expect(world.policy.allExited(in: processes) == nil)
    }

    @Test func onlyTheTriggerForItAsks() throws {
        let world = try FatalExitWorld("exit", Self.jobs)
        #expect(world.policy.allExited(in: [exited("a", at: 900)]) == nil)
        #expect(!mayBeLast("a", .exited(expected: true, pid: 1), world))
    }

    @Test func onlyChangesThatEndSomethingForGoodMayBeTheLast() throws {
        let world = try FatalExitWorld("all-exited", Self.jobs + Self.listener + "[program:web]\ncommand=web\n")
        #expect(mayBeLast("a", .fatal, world))
        #expect(mayBeLast("a", .exited(expected: false, pid: 1), world))
        #expect(mayBeLast("web", .exited(expected: true, pid: 1), world))
        #expect(!mayBeLast("web", .exited(expected: false, pid: 1), world))
        #expect(!mayBeLast("a", .stopped(pid: 1), world))
        #expect(!mayBeLast("listenerd", .fatal, world))
    }
}

// MARK: - With ordered startup

extension AllExitedTests {
    @Test func aProgramThatIsAboutToBeStartedIsAlive() throws {
        let processes = [exited("a", at: 900)] + untouched("b", "c")
        #expect(try status(processes, Self.chain, isOrdered: true) == nil)
        // Without the handler nobody starts it.
        #expect(try status(processes, Self.chain) == 0)
    }

    @Test func programsThatWaitInVainDoNotCount() throws {
        let processes = [exited("a", at: 900, status: 7)] + untouched("b", "c")
        #expect(try status(processes, Self.chain, isOrdered: true) == 7)
    }

    private static let mistaken = chain.replacing("startafter=b:completed", with: "startafter=bb:completed")

    @Test func programsThatAnErrorKeepsFromStartingAreFailures() throws {
        let processes = [exited("a", at: 900), exited("b", at: 901)] + untouched("c")
        #expect(try status(processes, Self.mistaken, isOrdered: true) == 70)
        #expect(try status(processes, Self.mistaken, programs: "!c", isOrdered: true) == 0)
        // Somebody has started it by hand.
        #expect(try status(processes.dropLast() + [exited("c", at: 902)], Self.mistaken, isOrdered: true) == 0)
        let failed = [exited("a", at: 900), exited("b", at: 901, status: 7)] + untouched("c")
        #expect(try status(failed, Self.mistaken, isOrdered: true) == 7)
    }

    @Test func alsoWhereNothingElseIsThere() throws {
        let cycle = Self.chain.replacing("startafter=\n", with: "startafter=c\n")
        #expect(try status(untouched("a", "b", "c"), cycle, isOrdered: true) == 70)
        #expect(try status(untouched("a", "b", "c"), Self.chain, isOrdered: true) == nil)
        let stopped = information("a", .stopped, started: 890, stopped: 900)
        #expect(try status([stopped] + untouched("b", "c"), cycle, isOrdered: true) == nil)
    }

    @Test func programsReadyToStartAreAwaitedUnlessStartsDoNotCount() throws {
        let world = try FatalExitWorld("all-exited", Self.chain, isOrdered: true)
        let processes = [exited("a", at: 900)] + untouched("b", "c")
        #expect(world.policy.allExited(in: processes) == nil)
        #expect(world.policy.allExited(in: processes, countsStarts: false) == .allExited(.startMissing))
    }

    @Test func theEndOfTheChainIsTheEnd() throws {
        let processes = [exited("a", at: 900), exited("b", at: 901), exited("c", at: 902)]
        #expect(try status(processes, Self.chain, isOrdered: true) == 0)
    }

    @Test func dependentsOfARunningExcludedProgramCountAsAlive() throws {
        let processes = [information("a", .running, started: 900), exited("c", at: 901)] + untouched("b")
        #expect(try status(processes, Self.chain, programs: "!a", isOrdered: true) == nil)
        #expect(try status(processes, Self.chain, programs: "c", isOrdered: true) == 0)
    }

    @Test func dependentsOfAnExcludedProgramAboutToStartCountAsAlive() throws {
        let processes = [exited("a", at: 900)] + untouched("b", "c")
        #expect(try status(processes, Self.chain, programs: "!b", isOrdered: true) == nil)
    }
}
