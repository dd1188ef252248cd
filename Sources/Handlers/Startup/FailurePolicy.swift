import ListenerKit

/// The policy if a program can no longer reach a state that others wait for.
///
/// It applies to failures only: a process that is FATAL, that has exited and is not restarted, or that supervisord refuses to
/// start; and to the end of the timeout. A process that was stopped, that nothing starts, or that supervisord does not know is
/// up to an operator.
package enum FailurePolicy: String, CaseIterable, OptionValue {
    /// Keep waiting, because an operator may repair it.
    case wait
    /// Go on as if it had.
    case `continue`
    /// Shut down supervisord.
    case exit

    /// The option of `--ordered-startup`, by which `--fatal-exit` too tells what will still be started.
    static let option = Option<FailurePolicy>(
        "on-failure",
        "policy",
        help: "what to do when a program can no longer reach the state that others wait for",
        default: .wait
    )
}
