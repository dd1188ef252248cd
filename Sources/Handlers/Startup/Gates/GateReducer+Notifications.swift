import ListenerKit

/// Notifications: which process has sent them, and what it says.
extension GateReducer {
    /// So many notifications are kept of which it is not known yet to which program they belong.
    private static let mostUnassigned = 256

    /// How much time there is at least between two snapshots that are requested because of notifications.
    private static let snapshotInterval = Duration.milliseconds(100)

    /// Follows a notification.
    mutating func apply(_ notification: ReceivedNotification, at now: ContinuousClock.Instant) {
        if let index = receiver(of: notification) {
            return apply(notification, toProcess: index, at: now)
        }
        guard !isEmpty else {
            return
        }
        if unassigned.count >= Self.mostUnassigned {
            unassigned.removeFirst()
        }
        unassigned.append((notification, now))
        // supervisord tells the pid of a process only once it is RUNNING, and the program may be ready before that.
        if !isSnapshotRequested {
            requestSnapshot(at: now)
        }
    }

    /// Requests a snapshot, at once unless the last one was just requested: a stranger may send as often as it likes.
    private mutating func requestSnapshot(at now: ContinuousClock.Instant) {
        let next = lastSnapshotRequest.map { $0 + Self.snapshotInterval } ?? now
        isSnapshotRequested = true
        lastSnapshotRequest = max(next, now)
        decide(.requestSnapshot(after: max(.zero, now.duration(to: next))))
    }

    /// Records what a process has said of itself.
    mutating func apply(
        _ notification: ReceivedNotification,
        toProcess index: Int,
        at now: ContinuousClock.Instant
    ) {
        change(index) { $0.apply(notification, at: now) }
    }

    private func receiver(of notification: ReceivedNotification) -> Int? {
        for sender in notification.senders {
            if let index = processes.firstIndex(where: { $0.pid == sender }) {
                return index
            }
        }
        return nil
    }

    /// Removes the notifications of a process whose pid was not known before.
    mutating func removeUnassigned(from pid: Int) -> [ReceivedNotification] {
        guard unassigned.contains(where: { $0.notification.senders.contains(pid) }) else {
            return []
        }
        let found = unassigned.filter { $0.notification.senders.contains(pid) }
        unassigned.removeAll { $0.notification.senders.contains(pid) }
        return found.map { $0.notification }
    }

    /// Drops the notifications that no process can have sent whose gates they could open, and reports strangers.
    mutating func assign(by snapshot: Snapshot, at now: ContinuousClock.Instant) {
        guard !unassigned.isEmpty else {
            return isSnapshotRequested = false
        }
        let pids = Set(snapshot.processes.compactMap { $0.pid })
        var rest: [(notification: ReceivedNotification, time: ContinuousClock.Instant)] = []
        for (notification, time) in unassigned {
            if time >= snapshot.time {
                rest.append((notification, time))
            } else if !isStrangerReported, pids.isDisjoint(with: notification.senders),
                let sender = notification.senders.first
            {
                // Each command that notifies has another pid, and may run every minute.
                isStrangerReported = true
                decide(
                    .report(
                        .warning,
                        "ignoring a notification from pid \(sender), which belongs to no program of supervisord"
                    )
                )
            }
        }
        unassigned = rest
        isSnapshotRequested = false
        if !rest.isEmpty {
            requestSnapshot(at: now)
        }
    }
}
