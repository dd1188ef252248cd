#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Ends the process once all that it has written is on its way, or after a second.
func endProcess(with status: ExitStatus) -> Never {
    let limit = ContinuousClock.now + .seconds(1)
    LineWriter.finishAll(until: limit)
    // What handlers have printed may still be with the C library, whose `exit` would wait for its reader.
    do {
        try startThread(stackSize: 256 * 1024, takesSignals: false) {
            fflush(nil)
            _exit(status.rawValue)
        }
        pause(for: ContinuousClock.now.duration(to: limit))
    } catch {}
    _exit(status.rawValue)
}

/// The file that this process runs; where /proc is missing, what it was called by.
package func executablePath() -> String {
    destination(ofLink: "/proc/self/exe") ?? processArguments().first ?? ""
}

/// Returns the pid of the process that started this one, or that has taken its place.
func parentProcessID() -> Int32 {
    getppid()
}

/// Sleeps until the process ends.
func sleepForever() -> Never {
    while true {
        pause()
    }
}

/// Turns signals that would end the process silently into errors of calls: for a write to a pipe without a reader, and for
/// one to a file that must not grow.
///
/// Children have the default action, or ignore them if this process did when it was started.
package func surviveFailedWrites() {
    for signal in [Signal.brokenPipe, .fileSizeLimit] where !signal.isIgnored {
        signal.ignoreHere()
    }
}

/// Whether somebody sits at the other end of a descriptor.
func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
}

/// The arguments that the process was started with, the program first.
///
/// The standard library reads them from /proc, which an empty root directory does not have. The kernel puts them right below
/// the environment, behind their number.
func processArguments() -> [String] {
    let arguments = CommandLine.arguments
    guard arguments.first?.isEmpty ?? true else {
        return arguments
    }
    let end = environ - 1
    let most = 4096
    guard let count = (0...most).first(where: { UInt(bitPattern: (end - $0 - 1).pointee) == UInt($0) }) else {
        return []
    }
    return (0..<count).compactMap { (end - count + $0).pointee.map { String(cString: $0) } }
}
