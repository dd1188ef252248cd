import ListenerKit

/// The keys of all dialects, in `[program:x]`.
package enum StartupKeys {
    static let after = "startafter"
    /// The gates of a program, one a line.
    package static let ready = "ready"
    static let readyTimeout = "ready_timeout"
    static let dependent = "dependent_startup"
    static let waitFor = "dependent_startup_wait_for"
    static let inheritPriority = "dependent_startup_inherit_priority"
    static let inOrder = "startinorder"
    static let nextAfter = "startnextafter"

    package static let all = [after, ready, readyTimeout] + ofSupervisordPlugins

    /// The keys of the other dialects, which are read in `[program:x]` only.
    static let ofSupervisordPlugins = [dependent, waitFor, inheritPriority, inOrder, nextAfter]

    /// The words that begin gates, in lines of their own after `ready=`.
    package static let gateWords = GateScheme.allCases.map { $0.rawValue }

    /// The keys by which a program is another dialect's than that of ordered-startup-supervisord.
    static let ofOtherDialects = [after, dependent, waitFor, inheritPriority]

    /// supervisord's own keys, which are never misspelled ones of the above.
    static let supervisord = Set(SupervisordKey.names(in: .program) + SupervisordKey.names(in: .fastCGIProgram))
}
