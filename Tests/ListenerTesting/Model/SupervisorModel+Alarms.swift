import ListenerKit

extension SupervisorModel {
    /// Returns the present time of a listener's clock.
    func time(of listener: Int) -> Duration {
        guard let record = listeners[listener], !isUpToDate(record) else {
            return now
        }
        return record.alarms.time
    }

    /// Returns whether a listener has handled all alarms, events and news that are due.
    func isUpToDate(_ record: ListenerRecord) -> Bool {
        record.event == nil && firstEvent(for: record) == nil && !record.alarms.hasUnhandled
            && record.alarms.firstDeadline.map { $0 > now } ?? true && (record.end != nil || !record.news.hasUnhandled)
    }

    /// Lets the alarms of a listener go off that come before its next event.
    mutating func fireAlarms(of listener: Int) {
        while let record = listeners[listener], let next = record.alarms.next, next.deadline <= now,
            next.deadline <= record.event?.time ?? now, next.deadline <= firstEvent(for: record)?.time ?? now,
            !record.news.isBusy, next.deadline <= record.news.first?.time ?? now
        {
            listeners[listener]?.alarms.fireNext()
        }
    }

    /// Returns the next event that a listener will be given; nil if there is none.
    private func firstEvent(for record: ListenerRecord) -> BufferedEvent? {
        guard record.end == nil, !record.isInputClosed, !record.mustDisconnect, record.dialogue.state != .unknown,
            processes.first(where: { $0.name == record.process })?.state == .running
        else {
            return nil
        }
        return pools.first { $0.name == record.pool }?.buffer.first
    }
}
