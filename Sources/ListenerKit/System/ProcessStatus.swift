#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The status of a process, from `/proc/PID/stat`.
struct ProcessStatus {
    /// The pid of its parent.
    let parent: Int32
    /// Its state: `R` for running, `S` for sleeping, `Z` for a zombie.
    private let state: UInt8
    /// The kernel's flags; 0 in a sandbox that keeps none.
    private let flags: Int
    /// When it was forked, as the time since the machine was booted.
    private let forkTime: Duration?

    /// `PF_FORKNOEXEC`: the process was forked and has not executed a program yet.
    private static let forkedWithoutExec = 0x40

    /// Reads the status of a process; nil results if there is none, or it is hidden from this one.
    init?(pid: Int32) {
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
        guard words.count > 6, let state = words[0].first, let parent = Int(decimal: words[1]),
            let parent = Int32(exactly: parent)
        else {
            return nil
        }
        self.state = state
        self.parent = parent
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

    /// Whether it was forked and has not executed its program yet; nil if the kernel does not tell.
    var isBeforeExec: Bool? {
        if state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") {
            return false
        }
        return flags == 0 ? nil : flags & Self.forkedWithoutExec != 0
    }
}
