public import ListenerKit

extension FatalExit: ProcessGroupHandler {
    /// After a group was added, or something was heard of a process that is new.
    private static let delayAfterGroup = Duration.milliseconds(100)

    /// Looks whether the configuration has changed with a group that was added.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) {
        if event.change == .added {
            configuration?.mayHaveChanged()
            requestSnapshotSoon()
        }
    }

    /// Looks at all processes if there is one that the configuration did not have when it was read.
    func lookAtStranger(_ process: ProcessName) {
        if configuration?.isNews(process) ?? false {
            requestSnapshotSoon()
        }
    }

    /// Groups come and go in numbers, and one look at all of them will do; ordered startup sees to it, if it is there.
    private func requestSnapshotSoon() {
        if configuration != nil, !isSnapshotDue, !context.isSelected(OrderedStartup.name) {
            isSnapshotDue = true
            context.requestSnapshot(after: Self.delayAfterGroup)
        }
    }
}
