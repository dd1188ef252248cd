import ListenerKit
import Testing

@testable import Handlers

/// Which gate is tried when, and what follows; time is whatever the test says.
@Suite struct GateReducerTests {
    private let start = ContinuousClock.now
    private let database = ProcessName(group: "db", process: "db")
    private let port = Gate(text: "tcp://a:1", kind: .probe(.tcp(host: "a", port: 1)))
    private let notify = Gate(text: "notify", kind: .notification(address: nil))
    private let refused = ProbeOutcome.failed("connection refused")

    private func reducer(
        _ gates: [Gate],
        startSeconds: Int = 1,
        timeout: Duration? = nil,
        isAwaited: Bool = true
    ) -> GateReducer {
        var program = SampleProgram(name: "db", processes: [database])
        program.gates = gates
        program.startSeconds = startSeconds
        program.readyTimeout = timeout
        var reducer = GateReducer(StartupPlan([program]))
        reducer.setAwaited { _ in isAwaited }
        return reducer
    }

    private func attempts(_ decisions: [GateDecision]) -> [Int] {
        decisions.compactMap { if case .begin(let attempt) = $0 { attempt.id } else { nil } }
    }

    private func canceled(_ decisions: [GateDecision]) -> [Int] {
        decisions.compactMap { if case .cancel(let attempt) = $0 { attempt } else { nil } }
    }

    private func isReady(_ decisions: [GateDecision]) -> Bool {
        decisions.contains { if case .becameReady = $0 { true } else { false } }
    }

    private func failure(_ decisions: [GateDecision]) -> String? {
        decisions.lazy.compactMap { if case .failed(_, let reason) = $0 { reason } else { nil } }.first
    }

    private func information(
        _ state: ProcessState = .running,
        pid: Int? = 5,
        started: Int = 1000,
        isListener: Bool = false
    ) -> ProcessInformation {
        var information = ProcessInformation(
            name: isListener ? ProcessName(group: "listener", process: "listener") : database,
            state: state,
            startTime: Timestamp(seconds: started),
            now: Timestamp(seconds: 1010),
            pid: pid
        )
        information.isThisListener = isListener
        return information
    }

    private func snapshot(_ processes: [ProcessInformation], after delay: Duration = .zero) -> Snapshot {
        Snapshot(processes: processes, reason: .request, time: start + delay)
    }

    // MARK: - Attempts

    @Test(arguments: [(0, 0), (1, 0), (2, 1), (60, 1)])
    func aGateIsTriedFromRunningOnOrBeforeIfThatTakesLong(startSeconds: Int, attemptsBefore: Int) {
        var reducer = reducer([port], startSeconds: startSeconds)
        reducer.apply(.starting(tries: 0), of: database, at: start)
        #expect(attempts(reducer.decide(at: start)).count == attemptsBefore)
        reducer.apply(.running(pid: 5), of: database, at: start + .seconds(1))
        #expect(attempts(reducer.decide(at: start + .seconds(1))).count == 1 - attemptsBefore)
    }

    @Test func pausesGrowFromFiftyMillisecondsToTwoSecondsAndNoFurther() {
        var reducer = reducer([port])
        reducer.apply(.running(pid: 5), of: database, at: start)
        var now = start
        var pauses: [Duration] = []
        for _ in 0..<400 {
            let begun = attempts(reducer.decide(at: now))
            #expect(begun.count == 1)
            #expect(attempts(reducer.decide(at: now)).isEmpty)
            reducer.apply(refused, ofAttempt: begun.first ?? 0, at: now)
            _ = reducer.decide(at: now)
            let next = reducer.next ?? now
            #expect(attempts(reducer.decide(at: next - .milliseconds(1))).isEmpty)
            pauses.append(now.duration(to: next))
            now = next
        }
        #expect(pauses.first == .milliseconds(50))
        #expect(pauses.max() == .seconds(2))
        #expect(pauses == pauses.sorted())
        // So what is ready within some seconds is seen within a tenth of that.
        let waited = pauses.indices.map { pauses[..<$0].reduce(.zero, +) }
        #expect(zip(pauses, waited).allSatisfy { $0 <= max(.milliseconds(50), $1 / 10) })
    }

    @Test func nothingIsTriedThatNobodyWaitsForAndNothingOnceItHasPassed() {
        var reducer = reducer([port], isAwaited: false)
        reducer.apply(.running(pid: 5), of: database, at: start)
        #expect(reducer.decide(at: start).isEmpty)
        #expect(reducer.next == nil)
        reducer.setAwaited { _ in true }
        let begun = attempts(reducer.decide(at: start))
        reducer.setAwaited { _ in false }
        #expect(canceled(reducer.decide(at: start)) == begun)
        reducer.setAwaited { _ in true }
        reducer.apply(.passed, ofAttempt: attempts(reducer.decide(at: start)).first ?? 0, at: start)
        #expect(isReady(reducer.decide(at: start)))
        #expect(reducer.next == nil)
        #expect(reducer.decide(at: start + .seconds(60)).isEmpty)
    }

    @Test func allGatesMustPassAndEachIsTriedByItself() {
        let other = Gate(text: "unix:///a", kind: .probe(.unix(path: "/a")))
        var reducer = reducer([port, other])
        reducer.apply(.running(pid: 5), of: database, at: start)
        let begun = attempts(reducer.decide(at: start))
        #expect(begun.count == 2)
        reducer.apply(.passed, ofAttempt: begun[0], at: start)
        #expect(reducer.decide(at: start).isEmpty)
        reducer.apply(refused, ofAttempt: begun[1], at: start)
        let next = attempts(reducer.decide(at: start + .milliseconds(50)))
        #expect(next.count == 1)
        reducer.apply(.passed, ofAttempt: next.first ?? 0, at: start + .milliseconds(51))
        #expect(
            reducer.decide(at: start + .milliseconds(51)) == [.becameReady(database, after: .milliseconds(51))]
        )
    }

    @Test(arguments: [
        ProcessStateEvent.Transition.starting(tries: 1), .backoff(tries: 1), .stopping(pid: 5), .stopped(pid: 5),
        .exited(expected: true, pid: 5), .exited(expected: false, pid: 5), .fatal, .unknown,
    ])
    func whatWasTriedIsForgottenWhenTheProcessEndsOrIsStartedAgain(transition: ProcessStateEvent.Transition) {
        var reducer = reducer([port])
        reducer.apply(.running(pid: 5), of: database, at: start)
        let first = attempts(reducer.decide(at: start))
        reducer.apply(transition, of: database, at: start)
        #expect(canceled(reducer.decide(at: start)) == first)
        // Its outcome may have been on its way.
        reducer.apply(.passed, ofAttempt: first.first ?? 0, at: start)
        #expect(reducer.decide(at: start).isEmpty)
        reducer.apply(.starting(tries: 0), of: database, at: start)
        reducer.apply(.running(pid: 6), of: database, at: start)
        let second = attempts(reducer.decide(at: start))
        reducer.apply(.passed, ofAttempt: second.first ?? 0, at: start)
        #expect(isReady(reducer.decide(at: start)))
        reducer.apply(transition, of: database, at: start)
        #expect(reducer.decide(at: start) == [.becameUnready(database)])
    }

    @Test func aFileIsTriedOnceThePidIsKnown() {
        var reducer = reducer([Gate(text: "file:///a", kind: .probe(.file(path: "/a")))], startSeconds: 60)
        reducer.apply(.starting(tries: 0), of: database, at: start)
        #expect(reducer.decide(at: start).isEmpty)
        reducer.apply(snapshot([information(.starting)], after: .seconds(1)), at: start + .seconds(1))
        #expect(attempts(reducer.decide(at: start + .seconds(1))).count == 1)
    }

    @Test func theAnswerToAStartIsEnoughAndItsEventComesLater() {
        var reducer = reducer([port], startSeconds: 0)
        reducer.wasStarted(database, at: start)
        let begun = attempts(reducer.decide(at: start))
        reducer.apply(.passed, ofAttempt: begun.first ?? 0, at: start)
        #expect(isReady(reducer.decide(at: start)))
        reducer.apply(.starting(tries: 0), of: database, at: start + .seconds(1))
        reducer.apply(.running(pid: 5), of: database, at: start + .seconds(1))
        #expect(reducer.decide(at: start + .seconds(1)).isEmpty)
        // The next one is another start.
        reducer.apply(.starting(tries: 0), of: database, at: start + .seconds(2))
        #expect(reducer.decide(at: start + .seconds(2)) == [.becameUnready(database)])
    }

    // MARK: - Failure

    @Test func aGateThatDoesNotPassInTimeFailsAndIsTriedOn() {
        var reducer = reducer([port], timeout: .seconds(3))
        reducer.apply(.starting(tries: 0), of: database, at: start - .seconds(10))
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(refused, ofAttempt: attempts(reducer.decide(at: start)).first ?? 0, at: start)
        #expect(failure(reducer.decide(at: start + .milliseconds(2999))) == nil)
        let late = reducer.decide(at: start + .seconds(3))
        #expect(
            failure(late) == "not ready 3 s after it was RUNNING: tcp://a:1 (connection refused, tried once)"
        )
        #expect(failure(reducer.decide(at: start + .seconds(4))) == nil)
        let running = reducer.report.processes.first?.gates.first?.attempts
        #expect(running == 1)
        reducer.apply(.passed, ofAttempt: 2, at: start + .seconds(5))
        #expect(isReady(reducer.decide(at: start + .seconds(5))))
        #expect(reducer.report.processes.first?.failure == nil)
    }

    @Test func aGateThatCannotBeReadFailsAtOnceIfAnyoneWaits() {
        let wrong = Gate(text: "tpc://a", kind: .unreadable("unknown kind"))
        var reducer = reducer([wrong], isAwaited: false)
        reducer.apply(.running(pid: 5), of: database, at: start)
        #expect(reducer.decide(at: start).isEmpty)
        reducer.setAwaited { _ in true }
        #expect(failure(reducer.decide(at: start)) == "never ready: tpc://a (unknown kind)")
    }

    // MARK: - Notifications

    private func notification(_ senders: [Int], _ assignments: KeyValuePairs<String, String>) -> ReadinessNews {
        .notified(
            ReceivedNotification(
                senders: senders,
                assignments: assignments.map { ReceivedNotification.Assignment($0.key, $0.value) }
            )
        )
    }

    @Test func readyFromTheProcessOrAChildOfItOpensTheGateUntilItReloads() {
        var reducer = reducer([notify])
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(notification([9, 7, 5, 1], ["READY": "1", "STATUS": "warm"]), at: start)
        #expect(isReady(reducer.decide(at: start)))
        #expect(reducer.report.processes.first?.statusText == "warm")
        reducer.apply(notification([5], ["RELOADING": "1", "X_UNKNOWN": "y"]), at: start)
        #expect(reducer.decide(at: start) == [.becameUnready(database)])
        #expect(reducer.openGates(of: database) == "notify (is reloading)")
        reducer.apply(notification([5], ["READY": "1"]), at: start)
        #expect(isReady(reducer.decide(at: start)))
    }

    @Test func aProcessMayBeReadyBeforeItsPidIsKnown() {
        var reducer = reducer([notify])
        reducer.apply(.starting(tries: 0), of: database, at: start)
        reducer.apply(notification([8, 5], ["READY": "1"]), at: start)
        #expect(reducer.decide(at: start) == [.requestSnapshot(after: .zero)])
        reducer.apply(snapshot([information(.starting)], after: .milliseconds(1)), at: start + .milliseconds(2))
        // The event of the same start is late.
        reducer.apply(.starting(tries: 0), of: database, at: start + .milliseconds(3))
        reducer.apply(.running(pid: 5), of: database, at: start + .seconds(1))
        #expect(isReady(reducer.decide(at: start + .seconds(1))))
    }

    @Test func aStrangerDoesNotCountAndIsReported() {
        var reducer = reducer([notify])
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(notification([77, 1], ["READY": "1"]), at: start)
        #expect(reducer.decide(at: start) == [.requestSnapshot(after: .zero)])
        // supervisord was asked for this one before.
        reducer.apply(snapshot([information()]), at: start + .milliseconds(1))
        #expect(reducer.decide(at: start + .milliseconds(1)) == [.requestSnapshot(after: .milliseconds(99))])
        reducer.apply(snapshot([information()], after: .milliseconds(2)), at: start + .milliseconds(3))
        let reports = reducer.decide(at: start + .milliseconds(3))
        #expect(
            reports == [
                .report(.warning, "ignoring a notification from pid 77, which belongs to no program of supervisord")
            ]
        )
    }

    @Test func aProcessCanAskForMoreTime() {
        var reducer = reducer([notify], timeout: .seconds(3))
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(notification([5], ["EXTEND_TIMEOUT_USEC": "5000000"]), at: start + .seconds(2))
        #expect(failure(reducer.decide(at: start + .seconds(6))) == nil)
        reducer.apply(notification([5], ["ERRNO": "2"]), at: start + .seconds(6))
        #expect(
            failure(reducer.decide(at: start + .seconds(7)))
                == "not ready 3 s after it was RUNNING: notify (No such file or directory)"
        )
    }

    // MARK: - Snapshots

    @Test(arguments: [(999, true), (1000, false), (1001, false)])
    func whatAProcessSaidBeforeTheListenerWasStartedIsTakenAsSaid(started: Int, isReady: Bool) {
        let log = Gate(text: "log:x", kind: .log(pattern: "x"))
        var reducer = reducer([log, Gate(text: "message:x", kind: .message("x")), notify])
        let listener = information(started: 1000, isListener: true)
        reducer.apply(snapshot([listener, information(started: started)]), at: start)
        #expect(self.isReady(reducer.decide(at: start)) == isReady)
    }

    @Test func anotherPidIsAnotherProcess() {
        var reducer = reducer([port])
        reducer.apply(snapshot([information(pid: 5)]), at: start)
        reducer.apply(.passed, ofAttempt: attempts(reducer.decide(at: start)).first ?? 0, at: start)
        #expect(isReady(reducer.decide(at: start)))
        reducer.apply(snapshot([information(pid: 5)], after: .seconds(1)), at: start + .seconds(1))
        #expect(reducer.decide(at: start + .seconds(1)).isEmpty)
        reducer.apply(snapshot([information(pid: 6)], after: .seconds(2)), at: start + .seconds(2))
        let decisions = reducer.decide(at: start + .seconds(2))
        #expect(decisions.contains(.becameUnready(database)))
        #expect(attempts(decisions).count == 1)
    }

    @Test func aSnapshotFromBeforeTheLastEventChangesNothing() {
        var reducer = reducer([port])
        reducer.apply(.exited(expected: true, pid: 5), of: database, at: start + .milliseconds(5))
        reducer.apply(snapshot([information()]), at: start + .milliseconds(6))
        #expect(reducer.decide(at: start + .milliseconds(6)).isEmpty)
    }

    @Test func outputCountsAlsoIfTheEventOfTheStartWasLost() {
        var reducer = reducer([Gate(text: "log:up", kind: .log(pattern: "up"))])
        reducer.apply(.running(pid: 5), of: database, at: start)
        _ = reducer.decide(at: start)
        let output = ProcessLogEvent(
            header: EventHeader(name: "PROCESS_LOG_STDOUT"),
            process: database,
            pid: 5,
            channel: .stdout,
            data: "up\n"
        )
        let passed = reducer.output.apply(output)
        #expect(passed == [0])
        reducer.pass(passed, of: database)
        let decisions = reducer.decide(at: start)
        #expect(isReady(decisions))
    }

    // MARK: - Questions

    @Test func aQuestionHasGatesTriedThatNobodyElseWaitsForAndIsAnsweredThen() {
        var reducer = reducer([port], isAwaited: false)
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(.asked(question: 3), at: start)
        let begun = attempts(reducer.decide(at: start))
        #expect(begun.count == 1)
        reducer.apply(.finished(attempt: begun.first ?? 0, refused), at: start + .milliseconds(1))
        #expect(reducer.decide(at: start + .milliseconds(1)) == [.answer(question: 3)])
        #expect(reducer.report.processes.first?.gates.first?.lastAnswer == "connection refused")
        #expect(reducer.decide(at: start + .seconds(60)).isEmpty)
    }

    @Test func aQuestionIsAnsweredInTimeAndNotAtAllAfterItWasTakenBack() {
        var reducer = reducer([port], isAwaited: false)
        reducer.apply(.running(pid: 5), of: database, at: start)
        reducer.apply(.asked(question: 3), at: start)
        reducer.apply(.asked(question: 4), at: start)
        _ = reducer.decide(at: start)
        reducer.apply(.hungUp(question: 3), at: start)
        _ = reducer.decide(at: start)
        #expect(reducer.next == start + .seconds(1))
        #expect(reducer.decide(at: start + .seconds(1)) == [.answer(question: 4)])
    }

    @Test func aTestSaysThatAProcessIsReady() {
        var reducer = reducer([port, notify])
        reducer.apply(.running(pid: 5), of: database, at: start)
        _ = reducer.decide(at: start)
        reducer.apply(.declared(database, isReady: true), at: start)
        #expect(isReady(reducer.decide(at: start)))
        reducer.apply(.declared(database, isReady: false), at: start)
        #expect(reducer.decide(at: start).contains(.becameUnready(database)))
    }
}
