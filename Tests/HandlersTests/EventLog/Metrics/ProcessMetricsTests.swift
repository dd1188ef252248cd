import ListenerKit
import Testing

@testable import Handlers

/// What one process's changes of state count, and what they tell.
@Suite struct ProcessMetricsTests {
    private typealias Transition = ProcessStateEvent.Transition

    private static func program(
        _ autorestart: Autorestart = .unexpected,
        startSeconds: Int? = 1,
        isGated: Bool = false
    ) -> MeteredProgram {
        MeteredProgram(autorestart: autorestart, startRetries: 3, startSeconds: startSeconds, isGated: isGated)
    }

    private static func counters(_ metrics: ProcessMetrics) -> [Int] {
        [metrics.restarts, metrics.expectedExits, metrics.unexpectedExits, metrics.fatal, metrics.backoff]
    }

    private static let counts: [(Transition, [Int])] = [
        (.starting(tries: 0), [0, 0, 0, 0, 0]), (.running(pid: 1), [0, 0, 0, 0, 0]),
        (.backoff(tries: 1), [0, 0, 0, 0, 1]), (.stopping(pid: 1), [0, 0, 0, 0, 0]),
        (.exited(expected: true, pid: 1), [0, 1, 0, 0, 0]), (.exited(expected: false, pid: 1), [0, 0, 1, 0, 0]),
        (.stopped(pid: 1), [0, 0, 0, 0, 0]), (.stopped(pid: 0), [0, 0, 0, 0, 0]), (.fatal, [0, 0, 0, 1, 0]),
        (.unknown, [0, 0, 0, 0, 0]),
    ]

    @Test(arguments: counts)
    func eachChangeCountsWhatItIs(transition: ProcessStateEvent.Transition, counts: [Int]) {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.apply(.change(transition), of: Self.program(), isShutdown: false)
        #expect(Self.counters(metrics) == counts)
        #expect(metrics.state == transition.state)
    }

    @Test func aProgramThatIsFatalBecauseOfAShutdownIsNotGivenUp() {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.apply(.change(.fatal, from: .backoff), of: Self.program(), isShutdown: true)
        #expect(metrics.fatal == 0)
        #expect(metrics.state == .fatal)
    }

    private static let restarts: [(autorestart: Autorestart, isExpected: Bool, count: Int)] = [
        (.always, true, 1), (.always, false, 1), (.unexpected, true, 0), (.unexpected, false, 1), (.never, true, 0),
        (.never, false, 0),
    ]

    @Test(arguments: restarts)
    func aStartAfterAnExitCountsIfSupervisordStartsItAgain(
        autorestart: Autorestart,
        isExpected: Bool,
        count: Int
    ) {
        var metrics = ProcessMetrics(firstSeen: .now)
        let program = Self.program(autorestart)
        metrics.apply(.change(.exited(expected: isExpected, pid: 1), from: .running), of: program, isShutdown: false)
        metrics.apply(.change(.starting(tries: 0), from: .exited), of: program, isShutdown: false)
        #expect(metrics.restarts == count)
    }

    @Test(arguments: ProcessState.allCases)
    func otherStartsCountByTheStateBefore(state: ProcessState) {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.apply(.change(.starting(tries: 1), from: state), of: Self.program(), isShutdown: false)
        // Of an exit that was not seen, it is not known whether supervisord starts it again.
        #expect(metrics.restarts == (state == .backoff || state == .exited ? 1 : 0))
    }

    private static let upStates: [ProcessState: Bool] = [
        .starting: true, .running: true, .stopping: true, .stopped: false, .backoff: false, .exited: false,
        .fatal: false, .unknown: false,
    ]

    @Test(arguments: ProcessState.allCases)
    func aProcessIsUpAsNodeExporterSeesIt(state: ProcessState) {
        var metrics = ProcessMetrics(firstSeen: .now)
        #expect(metrics.isUp == nil)
        metrics.adopt(ProcessInformation(name: .of("web"), state: state), of: Self.program())
        #expect(metrics.isUp == Self.upStates[state])
    }

    private static let exitStatuses: [(Transition, Int?)] = [
        (.starting(tries: 0), 0), (.backoff(tries: 1), 0), (.fatal, 0), (.stopped(pid: 0), 0), (.stopped(pid: 1), nil),
        (.exited(expected: true, pid: 1), nil), (.running(pid: 1), 7), (.stopping(pid: 1), 7), (.unknown, 7),
    ]

    @Test(arguments: exitStatuses)
    func anExitStatusIsWhatSupervisordWouldTell(transition: ProcessStateEvent.Transition, status: Int?) {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.adopt(ProcessInformation(name: .of("web"), state: .exited, exitStatus: 7), of: Self.program())
        metrics.apply(.change(transition), of: Self.program(), isShutdown: false)
        #expect(metrics.exitStatus == status)
        metrics.learn(exitStatus: 5)
        #expect(metrics.exitStatus == (transition.state == .exited ? 5 : status))
    }

    @Test func onlyASnapshotTellsWhatIsMissing() {
        var metrics = ProcessMetrics(firstSeen: .now)
        #expect(metrics.isIncomplete)
        metrics.apply(.change(.running(pid: 1)), of: Self.program(), isShutdown: false)
        #expect(metrics.isIncomplete)
        metrics.adopt(
            ProcessInformation(name: .of("web"), state: .running, startTime: Timestamp(seconds: 5), pid: 1),
            of: Self.program()
        )
        #expect(!metrics.isIncomplete)
        #expect(metrics.start?.time == Timestamp(seconds: 5))
        metrics.apply(.change(.stopped(pid: 1)), of: Self.program(), isShutdown: false)
        #expect(metrics.isIncomplete)
        #expect(metrics.start == nil)
        metrics.adopt(ProcessInformation(name: .of("web"), state: .stopped, exitStatus: -1), of: Self.program())
        #expect(!metrics.isIncomplete)
        #expect(metrics.exitStatus == -1)
    }

    @Test func aLateEventOfAnEarlierStartDoesNotEndTheOneThatASnapshotHasTold() {
        var metrics = ProcessMetrics(firstSeen: .now)
        let latest = ProcessInformation(
            name: .of("web"),
            state: .running,
            startTime: Timestamp(seconds: 5),
            pid: 2
        )
        metrics.adopt(latest, of: Self.program())
        let late: [Transition] = [
            .running(pid: 1), .exited(expected: false, pid: 1), .starting(tries: 0), .backoff(tries: 1),
            .starting(tries: 1), .running(pid: 2),
        ]
        for transition in late {
            metrics.apply(.change(transition, at: 9), of: Self.program(), isShutdown: false)
            #expect(metrics.start?.time == Timestamp(seconds: 5), "\(transition)")
        }
        metrics.apply(.change(.exited(expected: true, pid: 2), at: 9), of: Self.program(), isShutdown: false)
        #expect(metrics.start == nil)
    }

    private static let readiness: [(startSeconds: Int?, start: Double, running: Double, milliseconds: Int)] = [
        (1, 10, 11.25, 1250), (1, 10, 10.001, 1000), (1, 10, 13, 2000), (0, 10, 10, 0), (0, 10, 10.002, 2),
        (nil, 10, 13, 3000), (nil, 10, 9, 0),
    ]

    @Test(arguments: readiness)
    func aProgramIsReadyOnceItIsRunningWhichTakesStartsecsAndUpToASecond(
        startSeconds: Int?,
        start: Double,
        running: Double,
        milliseconds: Int
    ) {
        var metrics = ProcessMetrics(firstSeen: .now)
        let program = Self.program(startSeconds: startSeconds)
        metrics.apply(.change(.starting(tries: 0), at: start), of: program, isShutdown: false)
        #expect(metrics.readyMilliseconds == nil)
        metrics.apply(.change(.running(pid: 1), at: running), of: program, isShutdown: false)
        #expect(metrics.readyMilliseconds == milliseconds)
        metrics.apply(.change(.exited(expected: true, pid: 1), at: 20), of: program, isShutdown: false)
        #expect(metrics.readyMilliseconds == milliseconds)
        metrics.apply(.change(.starting(tries: 0), at: 21), of: program, isShutdown: false)
        #expect(metrics.readyMilliseconds == nil)
    }

    @Test func aProgramWithGatesIsNotReadyBecauseItIsRunning() {
        var metrics = ProcessMetrics(firstSeen: .now)
        let program = Self.program(isGated: true)
        metrics.apply(.change(.starting(tries: 0), at: 1), of: program, isShutdown: false)
        metrics.apply(.change(.running(pid: 1), at: 2), of: program, isShutdown: false)
        metrics.adopt(ProcessInformation(name: .of("web"), state: .running), of: program)
        #expect(metrics.readyMilliseconds == nil)
    }

    @Test func aSnapshotOfAProgramThatIsRunningTellsThatItTookStartsecs() {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.adopt(ProcessInformation(name: .of("web"), state: .starting), of: Self.program(startSeconds: 3))
        #expect(metrics.readyMilliseconds == nil)
        metrics.adopt(ProcessInformation(name: .of("web"), state: .running), of: Self.program(startSeconds: 3))
        #expect(metrics.readyMilliseconds == 3000)
    }

    private static func running(since start: Int, _ pid: Int = 1) -> ProcessInformation {
        ProcessInformation(name: .of("web"), state: .running, startTime: Timestamp(seconds: start), pid: pid)
    }

    @Test(arguments: [(3, 700), (4, 700), (5, nil), (6, nil)] as [(Int, Int?)])
    func whatAnEarlierListenerHasMeasuredStaysIfItIsAboutTheSameStart(start: Int, milliseconds: Int?) {
        var metrics = ProcessMetrics(countedUntil: Timestamp(nanoseconds: 5_700_000_000))
        metrics.passGates(after: 0.7)
        metrics.adopt(Self.running(since: start), of: Self.program(isGated: true))
        #expect(metrics.readyMilliseconds == milliseconds)
        metrics.adopt(Self.running(since: 50, 2), of: Self.program(isGated: true))
        #expect(metrics.readyMilliseconds == nil)
    }

    @Test func eventsThatComeLateDoNotForgetThatGatesHavePassed() {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.adopt(Self.running(since: 5), of: Self.program(isGated: true))
        metrics.passGates(after: 0.7)
        metrics.apply(.change(.starting(tries: 0), at: 8), of: Self.program(isGated: true), isShutdown: false)
        metrics.apply(.change(.running(pid: 1), at: 8), of: Self.program(isGated: true), isShutdown: false)
        #expect(metrics.readyMilliseconds == 700)
    }

    @Test func gatesThatAreTriedAgainAfterARestartOfTheListenerChangeNothing() {
        var metrics = ProcessMetrics(firstSeen: .now)
        metrics.passGates(after: 0.7)
        metrics.passGates(after: 9)
        #expect(metrics.readyMilliseconds == 700)
    }

    @Test func aLateEventDoesNotReplaceWhatWasMeasured() {
        var metrics = ProcessMetrics(countedUntil: Timestamp(seconds: 9))
        metrics.readyMilliseconds = 1163
        metrics.adopt(Self.running(since: 5), of: Self.program())
        metrics.apply(.change(.running(pid: 1), at: 10), of: Self.program(), isShutdown: false)
        #expect(metrics.readyMilliseconds == 1163)
    }

    @Test func aCounterStaysAtItsLargestNumber() {
        var count = Int.max - 1
        count.count()
        count.count()
        #expect(count == .max)
        count = 1
        count.count(-5)
        #expect(count == 1)
        count.count(5)
        #expect(count == 6)
    }

    @Test(
        arguments: [(0, 0), (1.2345, 1235), (-1, 0), (.infinity, 1_000_000_000_000_000), (.nan, 0)] as [(Double, Int)]
    )
    func secondsOutOfRangeAreTheNearestThatAreNot(seconds: Double, milliseconds: Int) {
        #expect(Int(millisecondsOf: seconds) == milliseconds)
    }
}
