import ListenerKit

@testable import Handlers

/// The listener of a simulation, as ListenerKit and the handler are around the reducer.
struct SimulatedListener {
    private static let startSeconds = Duration.seconds(1)

    var startup: RecordedStartup
    /// Tells what belongs to this listener from what belongs to one before it.
    var epoch = 0
    /// When supervisord delivers the first event.
    let firstEvent: ContinuousClock.Instant
    var alarm = 0
    var starts: [ProcessName] = []
    var isStarting = false
    var isAsking = false
    var nextReason: Snapshot.Reason?
    var hasSummary = false

    init(
        _ plan: StartupPlan,
        _ policy: FailurePolicy,
        _ timeout: Duration?,
        _ journal: Journal,
        firstEvent: ContinuousClock.Instant
    ) {
        self.firstEvent = firstEvent
        let beginning = StartupBeginning(configuration: .init(plan: plan), policy: policy, timeout: timeout)
        startup = RecordedStartup(beginning, journal)
    }

    /// The one that follows this one, which supervisord has started at a time.
    func next(_ simulation: StartupSimulation) -> SimulatedListener {
        let journal = simulation.recording?.beginLife() ?? Journal()
        var next = SimulatedListener(
            simulation.plan,
            simulation.policy,
            simulation.timeout,
            journal,
            firstEvent: simulation.now + Self.startSeconds
        )
        next.epoch = epoch + 1
        return next
    }
}

/// Something that is to happen in a listener, unless it is restarted before.
enum ListenerOccurrence {
    /// supervisord tells it that it is RUNNING itself: its first event, if no other is waiting.
    case running
    case alarm(Int)
    case requestSnapshot(Snapshot.Reason)
    /// supervisord answers a question that was asked at a time.
    case answerSnapshot(Snapshot.Reason, asked: ContinuousClock.Instant)
    case snapshot(Snapshot)
    /// supervisord starts the next processes of the queue.
    case start
    case answers([StartQueue.Answer])
    /// An attempt to find out whether a process is ready is over.
    case finishAttempt(ProbeAttempt)
}

extension StartupSimulation {
    /// How long supervisord takes to list all processes.
    private var snapshotTime: Duration { .microseconds(500 + 60 * plan.programs.count) }

    /// Starts the listener, or starts it again, without anything that it knew.
    mutating func startListener() {
        listener = listener.next(self)
        scheduleForListener(.running, after: now.duration(to: listener.firstEvent))
        requestSnapshot(.start)
    }

    mutating func happen(_ occurrence: ListenerOccurrence) {
        switch occurrence {
        case .running:
            let process = ProcessName(group: "listener", process: "listener")
            // Only the listener itself tells it, so it has no number among the events.
            hear(.state(process, from: .starting, .running(pid: 1)), serial: -listener.epoch)
        case .alarm(let number):
            if number == listener.alarm {
                carryOut(listener.startup.apply(.alarm, at: now))
            }
        case .requestSnapshot(let reason): requestSnapshot(reason)
        case .answerSnapshot(let reason, let time):
            let snapshot = Snapshot(processes: information, reason: reason, time: time)
            scheduleForListener(.snapshot(snapshot), after: delay(upTo: snapshotTime))
        case .snapshot(let snapshot):
            recording?.add(snapshot)
            carryOut(listener.startup.apply(.snapshot(snapshot, nil), at: now))
            listener.isAsking = false
            if let reason = listener.nextReason {
                listener.nextReason = nil
                requestSnapshot(reason)
            }
        case .start: startNextBatch()
        case .finishAttempt(let attempt):
            let isOpen = indices[attempt.process].map { self.isOpen($0) } ?? false
            let outcome = isOpen ? ProbeOutcome.passed : .failed("connection refused")
            carryOut(listener.startup.apply(.news([.finished(attempt: attempt.id, outcome)]), at: now))
        case .answers(let answers):
            for (process, outcome) in answers {
                carryOut(listener.startup.apply(.answer(process, outcome), at: now))
            }
        }
    }

    mutating func hear(_ event: SimulatedEvent, serial: Int) {
        switch event {
        case .state(let process, let previous, let transition):
            let event = ProcessStateEvent(
                header: EventHeader(name: "PROCESS_STATE", serial: serial),
                process: process,
                previous: previous,
                transition: transition
            )
            recording?.add(.processState(event))
            carryOut(listener.startup.apply(event, isNews: false, at: now))
        case .group(let group, let change):
            let event = ProcessGroupEvent(
                header: EventHeader(name: "PROCESS_GROUP", serial: serial),
                group: group,
                change: change
            )
            recording?.add(.processGroup(event))
            carryOut(listener.startup.apply(.group(event), at: now))
        }
    }

    /// Asks supervisord how all processes stand, once more if it is being asked already.
    mutating func requestSnapshot(_ reason: Snapshot.Reason) {
        guard !listener.isAsking else {
            // After lost events, that is what matters.
            if case .lostEvents = listener.nextReason {
                return
            }
            listener.nextReason = reason
            return
        }
        listener.isAsking = true
        scheduleForListener(.answerSnapshot(reason, asked: now), after: delay(upTo: snapshotTime))
    }

    private mutating func scheduleForListener(_ occurrence: ListenerOccurrence, after delay: Duration) {
        schedule(.listener(occurrence, epoch: listener.epoch), after: delay)
    }

    private mutating func startNextBatch() {
        let batch = Array(listener.starts.prefix(4))
        listener.starts.removeFirst(batch.count)
        listener.isStarting = !batch.isEmpty
        guard listener.isStarting else {
            return
        }
        let isAnswered = !chance(faults.unconfirmed)
        let epoch = listener.epoch
        var answers = batch.map { ($0, attempt($0, isAnswered: isAnswered)) }
        guard epoch == listener.epoch else {
            // It was restarted meanwhile.
            return
        }
        if !isAnswered {
            // The rest shares the fate of the call that was not answered.
            answers += listener.starts.map { ($0, answers[0].1) }
            listener.starts = []
        }
        scheduleForListener(.answers(answers), after: delay(upTo: .milliseconds(2)))
        scheduleForListener(.start, after: .milliseconds(1))
    }

    private mutating func carryOut(_ commands: [StartupCommand]) {
        for command in commands where end == nil {
            switch command {
            case .start(let process):
                listener.starts.append(process)
                if !listener.isStarting {
                    listener.isStarting = true
                    scheduleForListener(.start, after: .microseconds(100))
                }
            case .nudge: break
            case .requestSnapshot(let delay): scheduleForListener(.requestSnapshot(.request), after: delay)
            case .setAlarm(let time):
                listener.alarm += 1
                if let time {
                    scheduleForListener(.alarm(listener.alarm), after: now.duration(to: time))
                }
            case .beginAttempt(let attempt):
                scheduleForListener(.finishAttempt(attempt), after: delay(upTo: .milliseconds(3)))
            case .cancelAttempt, .reportReady, .answer: break
            case .report(_, let message): note(message)
            case .reportFailure(_, let process, let failure, let consequence):
                note(failure.description(of: process.description) + consequence)
            case .reportSummary:
                if listener.hasSummary {
                    violations.append("there are two summaries")
                }
                listener.hasSummary = true
            case .shutDown(let reason, _):
                note(reason)
                end = reason
            case .endListener: violations.append("the listener ends")
            }
        }
    }

    private mutating func note(_ message: String) {
        if message.hasPrefix("not everything has started after ") {
            isOverdue = true
        }
        // What was stopped may have been RUNNING before, and the events that tell so may be on their way.
        let mayStart = message.hasPrefix("supervisord does not know ") || message.contains(" was stopped; ")
        if let list = message.firstRange(of: " do not start: "), !mayStart {
            for item in message[list.upperBound...].split(separator: ", ") {
                saidToWait.insert(String(item.prefix { $0 != " " }))
            }
        }
        if let end = message.firstRange(of: " is not ready ") {
            let name = String(message[..<end.lowerBound])
            named.insert(name)
            indices.first { $0.key.description == name }.map { processes[$0.value].hasFailed = true }
            return
        }
        for phrase in [" is FATAL", " has exited", " cannot be started", " was stopped"] {
            if let end = message.firstRange(of: phrase) {
                let name = String(message[..<end.lowerBound])
                named.insert(name)
                if !hasFailed(name) {
                    violations.append("\(name) has not failed, but is said to have")
                }
                return
            }
        }
    }
}
