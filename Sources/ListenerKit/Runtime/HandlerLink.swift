/// What one handler can ask of its listener.
struct HandlerLink: HandlerRuntime {
    let alarm: Countdown
    let mailbox: Mailbox
    let snapshots: Snapshots?

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        guard let deadline else {
            return alarm.stop()
        }
        alarm.start(until: deadline) { [mailbox] in
            mailbox.put(Delivery(content: .alarm(AlarmEvent(time: .now)), number: 0))
        }
    }

    func requestSnapshot(after delay: Duration) {
        snapshots?.request(.request, after: delay)
    }
}
