import ListenerKit
import Testing

@testable import Handlers

@Suite struct ShutdownVerdictTests: StartupWriting {
    private static let web = ProcessName(group: "web", process: "web")

    @Test func aFatalProgramEndsWithTheStatusOfFailure() {
        let cause = FatalExitCause.fatal(Self.web, isEarly: false)
        #expect(cause.verdict(nil) == ShutdownVerdict(reason: "web is FATAL", status: 70))
        var information = information("web", .fatal)
        information.spawnError = "can't find command 'web'"
        let verdict = ShutdownVerdict(reason: "web is FATAL: can't find command 'web'", status: 70)
        #expect(cause.verdict(information) == verdict)
    }

    @Test(arguments: [.starting, .running, .stopped] as [ProcessState])
    func aFatalProgramThatIsRepairedEndsNothing(state: ProcessState) {
        #expect(FatalExitCause.fatal(Self.web, isEarly: false).verdict(information("web", state)) == nil)
    }

    @Test(
        arguments: [
            (7, false, "web exited unexpectedly with status 7", 7),
            (3, true, "web exited as expected with status 3", 3),
            (0, true, "web exited as expected with status 0", 0),
            (-1, false, "web was killed by a signal", 70),
            // A failure never passes for a success.
            (0, false, "web exited unexpectedly with status 0", 70),
        ] as [(Int, Bool, String, UInt8)]
    )
    func anExitEndsWithTheProgramsOwnStatus(status: Int, isExpected: Bool, reason: String, result: UInt8) {
        let cause = FatalExitCause.exited(Self.web, isExpected: isExpected)
        let verdict = ShutdownVerdict(reason: reason, status: result)
        #expect(cause.verdict(information("web", .exited, status: status)) == verdict)
    }

    @Test(
        arguments: [
            (nil, false, " unexpectedly"),
            (.starting, false, " unexpectedly and was restarted, so supervisord no longer knows its status"),
            (.running, true, " as expected and was restarted, so supervisord no longer knows its status"),
        ] as [(ProcessState?, Bool, String)]
    )
    func aStatusThatSupervisordHasForgottenIsThatOfFailure(state: ProcessState?, isExpected: Bool, words: String) {
        let cause = FatalExitCause.exited(Self.web, isExpected: isExpected)
        let verdict = ShutdownVerdict(reason: "web exited\(words)", status: 70)
        #expect(cause.verdict(state.map { information("web", $0) }) == verdict)
    }

    @Test(arguments: [("crash-loop=3/10", "3 times within 10 s"), ("crash-loop=1/0.5", "once within 0.5 s")])
    func aCrashLoopSaysHowOftenAndHowFast(trigger: String, words: String) throws {
        guard case .crashLoop(let crashLoop) = try #require(ShutdownTrigger(optionText: trigger)) else {
            throw UsageError.other("'\(trigger)' is no crash loop")
        }
        let verdict = FatalExitCause.crashLoop(Self.web, crashLoop).verdict(nil)
        #expect(verdict == ShutdownVerdict(reason: "web was restarted \(words)", status: 70))
    }

    @Test func theEndOfAllHasTheStatusOfTheFirstThatFailed() {
        #expect(
            ShutdownVerdict.allExited(firstFailed: nil)
                == ShutdownVerdict(reason: "every program exited as expected", status: 0)
        )
        #expect(
            ShutdownVerdict.allExited(firstFailed: information("web", .exited, status: 7))
                == ShutdownVerdict(
                    reason: "every program has exited; web exited unexpectedly with status 7",
                    status: 7
                )
        )
        #expect(
            ShutdownVerdict.allExited(firstFailed: information("web", .fatal))
                == ShutdownVerdict(reason: "every program has exited; web is FATAL", status: 70)
        )
    }
}
