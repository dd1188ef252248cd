import ListenerKit

extension SupervisorModel {
    /// Tells all listeners of something that has just happened.
    mutating func tell(_ news: ReadinessNews) {
        for (listener, record) in listeners where record.end == nil && !record.isInputClosed && !record.mustDisconnect {
            listeners[listener]?.news.schedule(news, before: nextSerial, at: now)
        }
    }

    /// Answers an attempt of a listener.
    mutating func answer(_ attempt: ProbeAttempt, of listener: Int) {
        let outcome = gates.outcome(of: attempt.probe)
        listeners[listener]?.news.add(.finished(attempt: attempt.id, outcome))
    }

    /// Lets the next news come, if a listener has handled all that was before them.
    mutating func releaseNews(of listener: Int) {
        guard let record = listeners[listener], let first = record.news.first else {
            return
        }
        guard record.news.isWanted else {
            // Once its handlers have been made, none of them wants any.
            if record.dialogue.state == .ready {
                listeners[listener]?.news.dropScheduled()
            }
            return
        }
        let next = pools.first { $0.name == record.pool }?.buffer.first
        let isAfterEvents = record.event == nil && next.map { $0.serial >= first.serial } ?? true
        let isAfterAlarms = !record.alarms.hasUnhandled && record.alarms.firstDeadline.map { $0 > first.time } ?? true
        if isAfterEvents, isAfterAlarms, !record.news.isBusy {
            listeners[listener]?.alarms.move(to: first.time)
            listeners[listener]?.news.releaseFirst()
        }
    }
}
