#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What `/proc/PID/stat` tells about a process.
struct ProcessStatus {
    /// Its parent's pid.
    let parent: Int32
    /// What it is doing: `R` while it runs, `S` while it sleeps, `Z` once it has ended and waits for its parent.
    private let state: UInt8
    /// What the kernel notes about it; 0 in a sandbox that notes nothing.
    private let flags: Int
    /// When it was forked, since the machine was booted.
    private let forkTime: Duration?

    /// `PF_FORKNOEXEC`: it was forked, and has executed nothing since.
    private static let forkedWithoutExec = 0x40

    /// Reads the status of a process; nil if there is none, or it is hidden from this one.
    init?(processID: Int32) {
        guard let bytes = try? contents(ofFile: "/proc/\(processID)/stat") else {
            return nil
        }
        self.init(bytes)
    }

    /// Reads the contents of such a file.
    init?(_ bytes: [UInt8]) {
        // Before the state stands the name, which may hold anything.
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

    /// Whether it is running, or waits only for a processor.
    var isRunning: Bool { state == UInt8(ascii: "R") }

    /// How long ago it was forked.
    var age: Duration? {
        var time = timespec()
        guard let forkTime, clock_gettime(CLOCK_BOOTTIME, &time) == 0 else {
            return nil
        }
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec) - forkTime
    }

    /// Whether it has been forked and has not yet executed its program; nil if the kernel does not tell.
    var isForkedOnly: Bool? {
        if state == UInt8(ascii: "Z") || state == UInt8(ascii: "X") {
            return false
        }
        return flags == 0 ? nil : flags & Self.forkedWithoutExec != 0
    }
}
