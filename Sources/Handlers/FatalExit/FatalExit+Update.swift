public import ListenerKit

extension FatalExit: ProcessGroupHandler {
    /// How long to wait after a group was added, or after the first event of a process that is new.
    private static let delayAfterGroup = Duration.milliseconds(100)

    /// Finds out whether the configuration has changed with a group that was added.
    ///
    /// - Parameter event: The group that was added or removed.
    public func handle(_ event: ProcessGroupEvent) {
        if event.change == .added {
            configuration?.mayHaveChanged(at: context.now)
            requestSnapshotSoon()
        }
    }

    /// Asks for a snapshot if the configuration did not have a process when it was read.
    func noticeUnknownProcess(_ process: ProcessName) {
        if configuration?.isNews(process) ?? false {
            requestSnapshotSoon()
        }
    }

    /// Groups come and go in numbers, and one snapshot is enough for all of them; `--ordered-startup` asks for it if it is
    /// selected.
    private func requestSnapshotSoon() {
        if configuration != nil, !isSnapshotDue, !context.isSelected(HandlerName.orderedStartup) {
            isSnapshotDue = true
            context.requestSnapshot(after: Self.delayAfterGroup)
        }
    }
}
