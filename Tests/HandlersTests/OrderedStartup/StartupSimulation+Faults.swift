extension StartupSimulation {
    /// What goes wrong.
    struct Faults {
        /// Of a hundred programs, how many fail for good.
        var failures = 0
        /// Of a hundred starts, how many are refused.
        var refusals = 0
        /// Of a hundred calls that start processes, how many are not answered.
        var unconfirmed = 0
        /// Of a hundred events, how many are lost.
        var losses = 0
        /// Of a hundred thousand events, after how many the listener is restarted.
        var restarts = 0
        /// Of a hundred programs, how many neither come up nor end.
        var hangs = 0
        /// Of a hundred processes with gates, how many never open these.
        var shutGates = 0
        /// Of a hundred programs, how many supervisord does not know at first.
        var unknown = 0
        /// Of a hundred changes, how many an operator brings about, by stopping the process.
        var stops = 0
        /// Of a thousand changes, after how many a group is removed and added again.
        var updates = 0
    }
}
