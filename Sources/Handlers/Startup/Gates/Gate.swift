package import ListenerKit

/// A condition that a process meets when it is ready: one line of `ready=`.
package struct Gate: Hashable, Sendable {
    /// The line, with its names replaced: `tcp://127.0.0.1:5432`.
    package let text: String
    /// What it waits for.
    package let kind: Kind

    /// What a gate waits for.
    package enum Kind: Hashable, Sendable {
        /// A probe to succeed, which is tried again and again.
        case probe(Probe)
        /// A line of output that matches a POSIX extended regular expression.
        case log(pattern: String)
        /// A text that the program sends through supervisord.
        case message(String)
        /// `READY=1` from the program, or a child of it.
        ///
        /// The address is the value of `NOTIFY_SOCKET` in the program's own `environment=`; nil if it has none, so that the socket is the one of
        /// `supervise`.
        case notification(address: String?)
        /// Nothing: the line cannot be read, for that reason, so it never passes.
        case unreadable(String)
    }

    /// Describes a gate.
    package init(text: String, kind: Kind) {
        self.text = text
        self.kind = kind
    }
}

extension Gate {
    /// Whether it never passes, because its line cannot be read.
    package var isUnreadable: Bool {
        if case .unreadable = kind { true } else { false }
    }
}
