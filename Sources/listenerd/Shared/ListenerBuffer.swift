import ListenerKit

/// The `buffer_size` for a listener: how many events supervisord buffers until it is ready.
enum ListenerBuffer {
    /// Returns a size that holds the events of a startup several times over.
    static func size(forProcesses count: Int) -> Int {
        var size = 1024
        while size < 8 * count {
            size *= 2
        }
        return size
    }
}

extension SupervisorConfiguration {
    /// How many processes supervisord has, including those of listeners.
    var processCount: Int {
        (programs + eventListeners.map { $0.program }).reduce(0) { $0 + $1.processes.count }
    }
}
