import ListenerKit

extension StartupInput {
    /// Records the input: its place if it is an event, which the log has already, else all of it; an alarm is recorded with what it
    /// leads to.
    func record(in recorder: inout ReplayRecorder, at now: ContinuousClock.Instant) {
        switch self {
        case .change(let event, let isNews):
            recorder.receive(event.header, at: now)
            if isNews {
                recorder.record(StartupRecord.unknownProcess, at: now)
            }
        case .group(let event): recorder.receive(event.header, at: now)
        case .passed(let gates, let process):
            recorder.record(StartupRecord.passed, at: now) { json in
                json.key("process")
                json.string(process.description)
                json.key("gates")
                json.array(gates) { $0.number($1) }
            }
        case .snapshot(let snapshot, let configuration):
            recorder.receive(snapshot, at: now) { json in
                configuration?.writeMembers(to: &json)
            }
        case .alarm: break
        case .answer(let process, let outcome):
            recorder.record(StartupRecord.answer, at: now) { json in
                json.key("process")
                json.string(process.description)
                outcome.writeMembers(to: &json)
            }
        case .news(let news):
            recorder.record(StartupRecord.news, at: now) { json in
                json.key("news")
                json.array(news) { $1.write(to: &$0) }
            }
        }
    }
}

extension StartOutcome {
    fileprivate func writeMembers(to json: inout JSONText) {
        json.key("outcome")
        switch self {
        case .started: json.string(StartupRecord.started)
        case .alreadyStarted: json.string(StartupRecord.alreadyStarted)
        case .spawnError: json.string(StartupRecord.spawnError)
        case .shuttingDown: json.string(StartupRecord.shuttingDown)
        case .refused(let reason, let lacksCommand):
            json.string(lacksCommand ? StartupRecord.lacksCommand : StartupRecord.refused)
            json.key("reason")
            json.string(reason)
        case .unconfirmed(let reason):
            json.string(StartupRecord.unconfirmed)
            json.key("reason")
            json.string(reason)
        }
    }
}

extension ReadinessNews {
    fileprivate func write(to json: inout JSONText) {
        json.object { json in
            switch self {
            case .finished(let attempt, let outcome):
                json.key("attempt")
                json.number(attempt)
                if case .failed(let answer) = outcome {
                    json.key("failed")
                    json.string(answer)
                }
            case .notified(let notification):
                json.key("senders")
                json.array(notification.senders) { $0.number($1) }
                json.key("assignments")
                json.array(notification.assignments) { $0.array([$1.name, $1.value]) { $0.string($1) } }
            case .asked(let question):
                json.key("question")
                json.number(question)
            case .hungUp(let question):
                json.key("hung-up")
                json.number(question)
            case .warning(let message):
                json.key("warning")
                json.string(message)
            case .declared(let process, let isReady):
                json.key("process")
                json.string(process.description)
                json.key("ready")
                json.boolean(isReady)
            }
        }
    }
}
