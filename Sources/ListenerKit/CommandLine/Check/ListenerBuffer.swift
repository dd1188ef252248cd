/// The number of events that supervisord has to keep for a listener that is not ready yet.
package enum ListenerBuffer {
    /// Returns a `buffer_size` that is large enough, several times over, for the events of a start.
    ///
    /// - Parameter count: The number of processes, those of listeners among them.
    /// - Returns: A power of two, 1024 or more.
    package static func size(forProcesses count: Int) -> Int {
        var size = 1024
        while size < 8 * count {
            size *= 2
        }
        return size
    }
}

extension SupervisorConfiguration {
    /// The number of processes, those of listeners among them.
    package var processCount: Int {
        (programs + eventListeners.map { $0.program }).reduce(0) { $0 + $1.processes.count }
    }
}
