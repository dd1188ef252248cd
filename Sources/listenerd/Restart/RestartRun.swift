import ListenerKit

/// Restarts processes one after the other.
struct RestartRun: ~Copyable {
    /// These end it, unless they were ignored before: what was stopped is started again first, and the terminal is left in order.
    private static let endings: [Signal] = [.interrupt, .terminate, .quit, .hangUp]
    /// How much later than supervisord a change is noticed at most.
    private static let longestInterval = Duration.milliseconds(200)
    /// How long a supervisord that is slow to answer is left alone at most.
    private static let longestRelief = Duration.seconds(1)
    /// What takes longer than this is told about once if standard output is no terminal.
    private static let timeToTell = Duration.seconds(5)

    private var source: RestartSource
    private let calls: RestartCalls
    private var reducer: RestartReducer
    private var display = RestartDisplay()
    private let signals: SignalPipe
    private let groups: Set<String>
    /// The first signal that came.
    private var signal: Signal?
    /// When something was last done, or seen to be over.
    private var lastChange = ContinuousClock.now
    private var told: Set<String> = []

    init(_ source: RestartSource, _ calls: RestartCalls, _ reducer: RestartReducer) throws(SystemError) {
        self.source = source
        self.calls = calls
        self.reducer = reducer
        groups = Set(reducer.groups.keys)
        surviveFailedWrites()
        signals = try SignalPipe.open(for: Self.endings.filter { !$0.isIgnored })
    }

    /// Restarts the processes.
    ///
    /// - Parameter output: Collects what is to be printed at the end.
    /// - Returns: The exit status.
    mutating func run(_ output: inout CommandOutput) -> ExitStatus {
        showLeftAlone()
        while !reducer.isOver {
            let beginning = ContinuousClock.now
            step()
            show()
            if !reducer.isOver {
                let deadline = ContinuousClock.now + interval(afterStepOf: beginning.duration(to: .now))
                if !poll(for: [signals.fileDescriptor], until: deadline).isEmpty {
                    readSignals()
                }
            }
        }
        return finish(&output)
    }

    /// Returns how long to wait after a step that has taken some time: longer if supervisord, or a terminal, is slow, but not for ever.
    private func interval(afterStepOf duration: Duration) -> Duration {
        let relief = min(duration * 2, Self.longestRelief)
        return max(min(NudgeInterval.after(lastChange.duration(to: .now)), Self.longestInterval), relief)
    }

    private mutating func readSignals() {
        for received in signals.readSignals() {
            signal = signal ?? received
            reducer.interrupt()
            lastChange = .now
        }
    }

    /// Looks at everything, and does what is to be done.
    private mutating func step() {
        guard !calls.isEverythingStopping else {
            reducer.loseSupervisord("supervise is stopping everything")
            return
        }
        do throws(SupervisorError) {
            for action in reducer.apply(try source.look(at: groups), at: .now) where reducer.loss == nil {
                lastChange = .now
                carryOut(action)
            }
        } catch {
            reducer.loseSupervisord("\(error)")
        }
        for warning in source.removeWarnings() {
            display.add("warning: \(warning)")
        }
    }

    private mutating func carryOut(_ action: RestartAction) {
        switch action {
        case .stop(let name):
            let calls = calls
            let information = reducer.latest.processes[name]
            call(name) { () throws(SupervisorError) in try calls.stop(name, information) }
        case .start(let name):
            let calls = calls
            call(name) { () throws(SupervisorError) in try calls.start(name) }
        case .report(let process): display.add(process.sentence)
        }
    }

    private mutating func call(_ name: ProcessName, _ body: () throws(SupervisorError) -> Void) {
        do throws(SupervisorError) {
            try body()
        } catch {
            if let fault = error.fault, !error.isShutdown {
                reducer.refuse(name, fault)
            } else {
                reducer.loseSupervisord("\(error)")
            }
        }
    }

    private mutating func showLeftAlone() {
        let alone = reducer.plan.leftAlone.map { "\($0.name) (\($0.reason))" }
        if !alone.isEmpty {
            display.add("left alone: \(alone.joined(separator: ", "))")
        }
        if reducer.plan.targets.isEmpty {
            display.add("nothing to restart")
        }
        display.show([])
    }

    private mutating func show() {
        let now = ContinuousClock.now
        let work = reducer.work(at: now)
        let wait = reducer.wait
        for (name, words, elapsed) in work where elapsed > Self.timeToTell {
            tell("\(name) is still \(words)", key: "\(name) \(words.prefix(5))")
        }
        if let wait, lastChange.duration(to: now) > Self.timeToTell {
            tell(wait, key: "wait")
        }
        display.show(work.map { "\($0.name): \($0.words), \($0.elapsed.inSeconds) s" } + [wait].compactMap { $0 })
    }

    private mutating func tell(_ line: String, key: String) {
        if !display.isTerminal, told.insert(key).inserted {
            display.add(line)
        }
    }

    private mutating func finish(_ output: inout CommandOutput) -> ExitStatus {
        if reducer.loss == nil, let observation = try? source.look(at: groups) {
            reducer.observe(observation)
        }
        let restarted = zip(reducer.plan.targets, reducer.progress).filter { $1.isDone }.map { $0.0.name }
        let latest = reducer.latest
        for note in reducer.plan.notes(
            restarted: Set(restarted),
            isUp: { [.starting, .running, .backoff].contains(latest.processes[$0]?.state) }
        ) {
            display.add(note)
        }
        display.show([])
        guard let sentence = RestartSummary(reducer, signal: signal).sentence else {
            return .success
        }
        output.complain(line: "listenerd: error: \(sentence)")
        return signal.map { ExitStatus(rawValue: 128 + $0.rawValue) } ?? .incomplete
    }
}
