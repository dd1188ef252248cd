import ListenerKit

extension StartupInput {
    /// Reads an input that was recorded, other than an event or a snapshot.
    init(_ kind: String, _ details: JSONValue) throws(MalformedRecord) {
        switch kind {
        case StartupRecord.passed: self = .passed(try details.integers("gates"), try details.process("process"))
        case ReplayKey.alarm: self = .alarm
        case StartupRecord.answer: self = .answer(try details.process("process"), try StartOutcome(details))
        case StartupRecord.news:
            var news: [ReadinessNews] = []
            for item in try details.elements("news") {
                news.append(try ReadinessNews(item))
            }
            self = .news(news)
        default: throw MalformedRecord("ordered startup has no input of the kind '\(kind)'")
        }
    }
}

extension StartOutcome {
    fileprivate init(_ details: JSONValue) throws(MalformedRecord) {
        let outcome = try details.text("outcome")
        switch outcome {
        case StartupRecord.started: self = .started
        case StartupRecord.alreadyStarted: self = .alreadyStarted
        case StartupRecord.spawnError: self = .spawnError
        case StartupRecord.shuttingDown: self = .shuttingDown
        case StartupRecord.unconfirmed: self = .unconfirmed(reason: try details.text("reason"))
        case StartupRecord.refused, StartupRecord.lacksCommand:
            self = .refused(
                reason: try details.text("reason"),
                lacksCommand: outcome == StartupRecord.lacksCommand
            )
        default: throw MalformedRecord("no start has the outcome '\(outcome)'")
        }
    }
}

extension ReadinessNews {
    fileprivate init(_ details: JSONValue) throws(MalformedRecord) {
        if let attempt = details["attempt"]?.integer {
            self = .finished(attempt: attempt, details["failed"]?.text.map { .failed($0) } ?? .passed)
        } else if details["senders"] != nil {
            var assignments: [ReceivedNotification.Assignment] = []
            for assignment in try details.elements("assignments") {
                guard let pair = assignment.elements, pair.count == 2, let name = pair[0].text, let value = pair[1].text
                else {
                    throw MalformedRecord("an assignment of a notification is not a name and a value")
                }
                assignments.append(.init(name, value))
            }
            self = .notified(.init(senders: try details.integers("senders"), assignments: assignments))
        } else if let question = details["question"]?.integer {
            self = .asked(question: question)
        } else if let question = details["hung-up"]?.integer {
            self = .hungUp(question: question)
        } else if let warning = details["warning"]?.text {
            self = .warning(warning)
        } else {
            self = .declared(try details.process("process"), isReady: try details.boolean("ready"))
        }
    }
}
