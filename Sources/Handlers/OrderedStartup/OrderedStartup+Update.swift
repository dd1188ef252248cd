public import ListenerKit

extension OrderedStartup: ProcessGroupHandler {
    /// Goes on with programs that supervisord has learnt of only now, or anew, where it tells.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) {
        switch event.change {
        case .added:
            guard progress.groupAdded(event.group) else {
                return
            }
            lastDoubt = .now
        case .removed:
            break
        }
        requestSnapshotSoon()
    }

    /// Groups come and go in numbers, and one look at all of them will do.
    func requestSnapshotSoon() {
        if !isSnapshotDue {
            isSnapshotDue = true
            context.requestSnapshot(after: Self.delayAfterGroup)
        }
    }
}
