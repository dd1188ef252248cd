extension RunningProcess {
    /// A process that another one has started, or one of its descendants.
    struct Descendant: Equatable, Sendable {
        /// Its pid.
        let pid: Int32
        /// The pid of its parent.
        let parent: Int32
    }

    /// Returns the descendants of a process, as far as they are visible; each comes after its parent.
    static func descendants(of pid: Int32) -> [Descendant] {
        let processes = allPIDs.compactMap { pid in parent(of: pid).map { Descendant(pid: pid, parent: $0) } }
        let children = Dictionary(grouping: processes) { $0.parent }
        var found = children[pid] ?? []
        var next = 0
        // Processes that end meanwhile, and others that get their pids, could make `/proc` show a cycle.
        while next < found.count, found.count <= processes.count {
            found += children[found[next].pid] ?? []
            next += 1
        }
        return found
    }

    /// Kills the descendants of a process, as far as they are visible; nothing happens on kernels before Linux 5.3.
    ///
    /// - Parameter pid: The process, which must not be reaped meanwhile.
    static func killDescendants(of pid: Int32) {
        // The last ones first: if a parent ends, its children get another one.
        for descendant in descendants(of: pid).reversed() {
            let number = SystemCall.openProcess(descendant.pid)
            guard number >= 0 else {
                continue
            }
            let descriptor = FileDescriptor(owning: number)
            // Its pid may have become that of another process, but not since there is the descriptor.
            if parent(of: descendant.pid) == descendant.parent {
                SystemCall.signalProcess(descriptor.rawValue, .kill)
            }
        }
    }
}
