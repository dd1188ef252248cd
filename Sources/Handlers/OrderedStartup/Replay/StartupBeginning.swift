import ListenerKit

/// What a startup begins with: its plan, and its options.
struct StartupBeginning {
    /// What to start.
    var configuration: StartupReducer.Configuration
    /// What follows if a program can no longer reach what others wait for.
    var policy = FailurePolicy.wait
    /// How long the whole startup may take.
    var timeout: Duration?
    /// Whether to end the listener once everything has started.
    var endsListener = false
    /// Whether notifications that came before this listener was started are delivered to it.
    var knowsEarlierNotifications = false

    /// The reducer, at the beginning.
    var reducer: StartupReducer {
        StartupReducer(
            configuration,
            policy: policy,
            timeout: timeout,
            endsListener: endsListener,
            knowsEarlierNotifications: knowsEarlierNotifications
        )
    }
}
