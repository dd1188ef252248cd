import Glibc

/// The status of a process, from `/proc/PID/stat`.
package struct ProcessStatus {
    /// The pid of its parent.
    package let parent: Int32
    /// The pid of the leader of its process group, even if that has exited.
    let group: Int32
    /// The pid of the leader of its session, even if that has exited.
    let session: Int32
    /// Its state: `R` for running, `S` for sleeping, `Z` for a zombie.
    private let state: UInt8
    /// The kernel's flags; 0 in a sandbox that keeps none.
    private let flags: Int
    /// When it was forked, as the time since the machine was booted; nil if the kernel does not tell.
    package let forkTime: Duration?

    /// `PF_FORKNOEXEC`: the process was forked and has not executed a program yet.
    private static let forkedWithoutExec = 0x40

    /// Reads the status of a process; nil results if there is none, or it is hidden from this one.
    package init?(pid: Int32) {
        guard let bytes = try? contents(ofFile: "/proc/\(pid)/stat") else {
            return nil
        }
        self.init(bytes)
    }

    /// Parses the contents of such a file.
    init?(_ bytes: [UInt8]) {
        // The name is before the state, and may contain any character.
        guard let name = bytes.lastIndex(of: UInt8(ascii: ")")) else {
            return nil
        }
        let words = bytes[name...].dropFirst().split(separator: UInt8(ascii: " "))
        let pids = words.dropFirst().prefix(3).compactMap { Int(decimal: $0).flatMap { Int32(exactly: $0) } }
        guard words.count > 6, pids.count == 3, let state = words[0].first else {
            return nil
        }
        self.state = state
        parent = pids[0]
        group = pids[1]
        session = pids[2]
        flags = Int(decimal: words[6]) ?? 0
        let ticks = sysconf(Int32(_SC_CLK_TCK))
        forkTime = words.count > 19 && ticks > 0 ? Int(decimal: words[19]).map { .seconds($0) / ticks } : nil
    }

    /// Whether it is running, or ready to run.
    var isRunning: Bool { state == UInt8(ascii: "R") }

    /// The time since it was forked; nil if the kernel does not tell.
    var age: Duration? {
        var time = timespec()
        guard let forkTime, clock_gettime(CLOCK_BOOTTIME, &time) == 0 else {
            return nil
        }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec) - forkTime
    }

    /// Whether it has exited, and only waits to be reaped.
    package var hasExited: Bool { state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") }

    /// Whether it was forked and has not executed its program yet; nil if the kernel does not tell.
    var isBeforeExec: Bool? {
        if hasExited {
            return false
        }
        return flags == 0 ? nil : flags & Self.forkedWithoutExec != 0
    }
}
