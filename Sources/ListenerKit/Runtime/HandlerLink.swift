/// What one handler can ask of its listener.
struct HandlerLink: HandlerRuntime {
    let alarm: Countdown
    let mailbox: Mailbox
    let snapshots: Snapshots?
    let endListener: @Sendable () -> Void

    func setAlarm(at deadline: ContinuousClock.Instant?) {
        guard let deadline else {
            return alarm.stop()
        }
        alarm.start(until: deadline) { [mailbox] in
            _ = mailbox.put(Delivery(.alarm(AlarmEvent(time: .now))))
        }
    }

    func requestSnapshot(after delay: Duration) {
        snapshots?.request(.request, after: delay)
    }

    func end() {
        endListener()
    }
}
