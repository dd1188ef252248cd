/// What a process has sent to a notification socket, as in sd_notify(3).
package struct ReceivedNotification: Hashable, Sendable {
    /// The pid of the sender, then those of its ancestors and group leaders, as far as they could be found.
    ///
    /// A program of supervisord leads a group of its own, so its children are in that group even if their parents have exited.
    package let senders: [Int]
    /// The assignments, in their order: `READY=1` is ("READY", "1").
    package let assignments: [Assignment]

    /// One line of a notification.
    package struct Assignment: Hashable, Sendable {
        /// The part before the first `=`.
        package let name: String
        /// The part after it.
        package let value: String

        /// Describes an assignment.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Describes a notification.
    package init(senders: [Int], assignments: [Assignment]) {
        self.senders = senders
        self.assignments = assignments
    }
}
