public import ListenerKit

extension OrderedStartup: ProcessGroupHandler {
    /// Goes on with programs that supervisord has learnt of only now, or anew, where it tells.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) {
        switch event.change {
        case .added:
            if progress.groupAdded(event.group) {
                lastDoubt = .now
            }
            configuration.mayHaveChanged()
        case .removed:
            break
        }
        requestSnapshotSoon()
    }

    /// Looks at all processes if there is one that the configuration did not have when it was read.
    func lookAtStranger(_ process: ProcessName) {
        if configuration.isNews(process) {
            requestSnapshotSoon()
        }
    }

    /// Groups come and go in numbers, and one look at all of them will do.
    func requestSnapshotSoon() {
        if !isSnapshotDue {
            isSnapshotDue = true
            context.requestSnapshot(after: Self.delayAfterGroup)
        }
    }
}
