public import ListenerKit

/// What follows when a program can no longer reach what others wait for.
///
/// Only a failure is answered by anything but waiting: a process that is FATAL, that has ended and is not restarted, or that
/// supervisord refuses to start; and the end of the time limit. One that was stopped, that nothing starts, or that supervisord
/// does not know is up to an operator.
public enum FailurePolicy: String, CaseIterable, OptionValue {
    /// Keep waiting, because an operator may repair it.
    case wait
    /// Go on as if it had.
    case `continue`
    /// End supervisord.
    case exit
}
