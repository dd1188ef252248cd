import ListenerKit

/// How many events supervisord has to keep for a listener that is not ready yet.
enum ListenerBuffer {
    /// A size that is large enough, several times over, for the events of a start.
    static func size(forProcesses count: Int) -> Int {
        var size = 1024
        while size < 8 * count {
            size *= 2
        }
        return size
    }
}

extension SupervisorConfiguration {
    /// How many processes supervisord has, those of listeners among them.
    var processCount: Int {
        (programs + eventListeners.map { $0.program }).reduce(0) { $0 + $1.processes.count }
    }
}
