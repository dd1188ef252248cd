import ListenerKit
import Testing

@testable import Handlers

/// What the whole of ordered startup decides: what is started and reported is shown for its parts, so this is when it asks,
/// nudges, sets its alarm and ends.
@Suite struct StartupReducerTests: StartupWriting {
    private let now = ContinuousClock.now

    private func reducer(
        _ samples: [SampleProgram],
        mustStart: Set<ProcessName> = [],
        endsListener: Bool = false
    ) -> StartupReducer {
        StartupReducer(.init(plan: StartupPlan(samples), mustStart: mustStart), endsListener: endsListener)
    }

    private func snapshot(
        _ processes: [ProcessInformation],
        after delay: Duration = .zero,
        _ reason: Snapshot.Reason = .request
    ) -> Snapshot {
        Snapshot(processes: processes, reason: reason, time: now + delay)
    }

    private func event(
        _ name: String,
        _ previous: ProcessState,
        _ transition: ProcessStateEvent.Transition
    ) -> ProcessStateEvent {
        ProcessStateEvent(
            header: EventHeader(name: "PROCESS_STATE"),
            process: ProcessName(group: name, process: name),
            previous: previous,
            transition: transition
        )
    }

    private func group(_ name: String, _ change: ProcessGroupEvent.Change) -> ProcessGroupEvent {
        ProcessGroupEvent(header: EventHeader(name: "PROCESS_GROUP"), group: name, change: change)
    }

    private func name(_ name: String) -> ProcessName { ProcessName(group: name, process: name) }

    private var unconfirmed: StartOutcome {
        .unconfirmed(reason: "timed out")
    }

    private func requests(_ commands: [StartupCommand]) -> [Duration] {
        commands.compactMap { if case .requestSnapshot(let delay) = $0 { delay } else { nil } }
    }

    private func alarms(_ commands: [StartupCommand]) -> [ContinuousClock.Instant?] {
        commands.compactMap { if case .setAlarm(let time) = $0 { .some(time) } else { nil } }
    }

    // MARK: - Snapshots

    @Test func anUnconfirmedStartIsAskedAboutUntilSupervisordTellsWhatBecameOfIt() {
        var reducer = reducer([program("a")])
        _ = reducer.apply(snapshot(untouched("a")), nil, at: now)
        let failed = reducer.apply(unconfirmed, of: name("a"), at: now + .seconds(1))
        #expect(requests(failed) == [.milliseconds(500)])
        // supervisord was asked for this one before the start.
        let old = snapshot(untouched("a"), after: .milliseconds(900))
        #expect(!reducer.isConclusive(old))
        let before = reducer.apply(old, nil, at: now + .milliseconds(1100))
        #expect(requests(before) == [.milliseconds(100)])
        #expect(before.compactMap { $0.startedProcess }.isEmpty)
        let after = reducer.apply(
            snapshot(untouched("a"), after: .milliseconds(1200)),
            nil,
            at: now + .milliseconds(1210)
        )
        #expect(after.compactMap { $0.startedProcess } == [name("a")])
        #expect(requests(after).isEmpty)
    }

    @Test func oneSnapshotServesManyGroups() {
        var reducer = reducer([program("a")])
        _ = reducer.apply(snapshot(untouched("a")), nil, at: now)
        var asked: [Duration] = []
        for index in 0..<10 {
            let time = now + .milliseconds(index)
            asked += requests(reducer.apply(group("g\(index)", index % 2 == 0 ? .added : .removed), at: time))
        }
        #expect(asked == [.milliseconds(100)])
    }

    @Test func aSnapshotThatIsOnItsWayDoesNotServeWhatHappensMeanwhile() {
        var reducer = reducer([program("a")])
        _ = reducer.apply(snapshot(untouched("a")), nil, at: now)
        #expect(requests(reducer.apply(group("g", .added), at: now)) == [.milliseconds(100)])
        #expect(requests(reducer.apply(group("h", .added), at: now + .milliseconds(101))) == [.milliseconds(100)])
        // The first comes, and the second is still to come.
        _ = reducer.apply(snapshot(untouched("a"), after: .milliseconds(100)), nil, at: now + .milliseconds(102))
        #expect(requests(reducer.apply(group("i", .added), at: now + .milliseconds(103))).isEmpty)
    }

    @Test func whatIsStoppedIsCheckedForAReplacementSomeTimeAfterTheLastStop() {
        var reducer = reducer([program("a"), program("b")])
        _ = reducer.apply(snapshot(untouched("a", "b")), nil, at: now)
        let first = reducer.apply(event("a", .stopping, .stopped(pid: 1)), isNews: false, at: now)
        #expect(requests(first) == [.seconds(2)])
        let second = reducer.apply(event("b", .stopping, .stopped(pid: 2)), isNews: false, at: now + .seconds(1))
        #expect(requests(second).isEmpty)
        let stopped = ["a", "b"].map { information($0, .stopped, started: 900, stopped: 950) }
        let early = reducer.apply(snapshot(stopped, after: .seconds(2)), nil, at: now + .milliseconds(2010))
        #expect(requests(early) == [.milliseconds(990)])
        let last = reducer.apply(snapshot(stopped, after: .milliseconds(3001)), nil, at: now + .milliseconds(3010))
        #expect(requests(last).isEmpty)
    }

    @Test func aProcessThatIsNewsHasSupervisordAskedOnceItIsNotInThePlan() {
        var reducer = reducer([program("a")])
        _ = reducer.apply(snapshot(untouched("a")), nil, at: now)
        var questions = 0
        func isNews() -> Bool {
            questions += 1
            return questions == 1
        }
        let own = reducer.apply(event("a", .stopped, .starting(tries: 0)), isNews: isNews(), at: now)
        #expect(questions == 0 && requests(own).isEmpty)
        let other = reducer.apply(event("x", .stopped, .starting(tries: 0)), isNews: isNews(), at: now)
        #expect(questions == 1 && requests(other) == [.milliseconds(100)])
        #expect(reducer.apply(event("x", .starting, .running(pid: 1)), isNews: isNews(), at: now).isEmpty)
    }

    // MARK: - Nudges and the alarm

    @Test func theAlarmIsSetOnceForWhatIsAwaitedAndTakenBackAfterThat() throws {
        var reducer = reducer([program("a", startSeconds: 3), program("b", after: 0)])
        let beginning = reducer.apply(snapshot(untouched("a", "b")), nil, at: now)
        #expect(alarms(beginning).isEmpty)
        let started = reducer.apply(.started, of: name("a"), at: now)
        let time = try #require(alarms(started).first ?? nil)
        #expect(time > now + .seconds(3) && time < now + .milliseconds(3030))
        let event = event("a", .stopped, .starting(tries: 0))
        #expect(alarms(reducer.apply(event, isNews: false, at: now + .milliseconds(1))).isEmpty)
        let due = reducer.applyAlarm(at: time)
        #expect(due.first == .nudge)
        #expect(try #require(alarms(due).first ?? nil) > time)
        let up = reducer.apply(self.event("a", .starting, .running(pid: 1)), isNews: false, at: time)
        #expect(alarms(up) == [nil])
    }

    @Test func beforeTheFirstEventSupervisordIsAskedInsteadOfNudged() throws {
        var reducer = reducer([program("a"), program("b", after: 0)])
        _ = reducer.apply(snapshot(untouched("a", "b")), nil, at: now)
        let time = try #require(alarms(reducer.apply(.started, of: name("a"), at: now)).first ?? nil)
        let due = reducer.applyAlarm(at: time)
        #expect(due.first == .requestSnapshot(after: .zero))
        #expect(!due.contains(.nudge))
    }

    @Test func withoutEventsSupervisordIsPolledUntilEverythingHasStarted() throws {
        var reducer = reducer([program("a")])
        let beginning = reducer.apply(snapshot(untouched("a")), nil, at: now)
        var time = try #require(alarms(beginning).first ?? nil)
        _ = reducer.apply(.started, of: name("a"), at: now)
        var intervals: [Duration] = []
        for _ in 0..<3 {
            let due = reducer.applyAlarm(at: time)
            #expect(due.prefix(2) == [.nudge, .requestSnapshot(after: .zero)])
            #expect(!alarms(due).contains { $0 != nil }, "the answer comes first")
            let starting = Snapshot(
                processes: [information("a", .starting, started: 1000)],
                reason: .request,
                time: time + .milliseconds(1)
            )
            let next = alarms(reducer.apply(starting, nil, at: time + .milliseconds(2))).first ?? nil
            intervals.append(time.duration(to: try #require(next)))
            time = try #require(next)
        }
        #expect(intervals[1] > intervals[0] && intervals[2] > intervals[1])
        let up = reducer.apply(event("a", .starting, .running(pid: 1)), isNews: false, at: time)
        #expect(alarms(up) == [nil])
        #expect(up.contains { if case .reportSummary = $0 { true } else { false } })
    }

    // MARK: - Answers and the end

    @Test func theSummaryWaitsForEveryAnswer() {
        var reducer = reducer([program("a", startSeconds: 0), program("b", startSeconds: 0)])
        _ = reducer.apply(snapshot(untouched("a", "b")), nil, at: now)
        for (name, previous) in [("a", ProcessState.stopped), ("b", .stopped)] {
            _ = reducer.apply(event(name, previous, .starting(tries: 0)), isNews: false, at: now)
            let up = reducer.apply(event(name, .starting, .running(pid: 1)), isNews: false, at: now)
            #expect(!up.contains { if case .reportSummary = $0 { true } else { false } })
        }
        #expect(reducer.apply(.started, of: name("a"), at: now).isEmpty)
        let last = reducer.apply(.started, of: name("b"), at: now)
        #expect(last.contains { if case .reportSummary(let summary) = $0 { summary.count == 2 } else { false } })
    }

    @Test(arguments: [true, false])
    func aCommandThatDoesNotExistShutsDownSupervisordIfItsProgramMustStart(mustStart: Bool) {
        var reducer = reducer([program("a"), program("b", after: 0)], mustStart: mustStart ? [name("a")] : [])
        _ = reducer.apply(snapshot(untouched("a", "b")), nil, at: now)
        let commands = reducer.apply(.refused(reason: "NO_FILE: /bin/a", lacksCommand: true), of: name("a"), at: now)
        let shutdown = StartupCommand.shutDown(reason: "a cannot be started: NO_FILE: /bin/a", failed: name("a"))
        #expect(commands.contains(shutdown) == mustStart)
        #expect(commands.contains { if case .reportFailure = $0 { true } else { false } } != mustStart)
    }

    @Test(arguments: [(ProcessState.running, 990, true), (.running, 1000, false), (.exited, 1000, true)])
    func theListenerEndsOnceASnapshotProvesThatEverythingHasStarted(state: ProcessState, start: Int, ends: Bool) throws
    {
        var reducer = reducer([program("a", startSeconds: 0)], endsListener: true)
        _ = reducer.apply(snapshot(untouched("a")), nil, at: now)
        _ = reducer.apply(event("a", .stopped, .starting(tries: 0)), isNews: false, at: now)
        let started = reducer.apply(.started, of: name("a"), at: now)
        let time = try #require(alarms(started).first ?? nil)
        #expect(reducer.applyAlarm(at: time).prefix(2) == [.nudge, .requestSnapshot(after: .zero)])
        let proof = Snapshot(
            processes: [information("a", state, started: start, stopped: start)],
            reason: .request,
            time: time + .milliseconds(1)
        )
        #expect(reducer.apply(proof, nil, at: time + .milliseconds(2)).contains(.endListener) == ends)
    }
}
