import Glibc

extension RunningProcess {
    /// More than any process has.
    private static let originLimit = 64

    /// Returns the pids by which the program that a process belongs to can be recognized: its own, those of the leaders of its
    /// process group and its session, of its parent, of the parent's leaders, and so on.
    ///
    /// supervisord makes each of its children the leader of a group, so a descendant is in that group even if its parents have
    /// exited. The pid of a leader is not used again as long as the group exists.
    ///
    /// - Parameter pid: The pid of a process; if it has exited, only that is returned.
    /// - Returns: The pids, the nearest first; this process, its parent and what is above them are not among them.
    package static func origins(of pid: Int32) -> [Int32] {
        let ends: Set<Int32> = [1, getpid(), getppid()]
        var origins: [Int32] = []
        var next = 0
        func add(_ pid: Int32) {
            if pid > 0, origins.count < originLimit, !ends.contains(pid), !origins.contains(pid) {
                origins.append(pid)
            }
        }
        add(pid)
        while next < origins.count {
            if let status = ProcessStatus(pid: origins[next]) {
                add(status.group)
                add(status.session)
                add(status.parent)
            }
            next += 1
        }
        return origins
    }
}
