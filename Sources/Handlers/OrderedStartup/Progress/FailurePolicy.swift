public import ListenerKit

/// What follows when a program can no longer reach what others wait for.
public enum FailurePolicy: String, CaseIterable, OptionValue {
    /// Keep waiting, because an operator may repair it.
    case wait
    /// Go on as if it had.
    case `continue`
    /// End supervisord.
    case exit
}
