import Glibc

/// Ends the process as soon as all of its output is written, or after a second; none of its children outlives it.
func endProcess(with status: ExitStatus) -> Never {
    GroupLeader.killAllChildren()
    let limit = ContinuousClock.now + .seconds(1)
    LineWriter.flushAll(until: limit)
    LineWriter.reportUnwrittenLines()
    // Handlers may have printed through the C library, whose `exit` would wait for the reader without a limit.
    do {
        try startThread(stackSize: 256 * 1024, inheritsSignalMask: false) {
            fflush(nil)
            _exit(status.rawValue)
        }
        pause(for: ContinuousClock.now.duration(to: limit))
    } catch {}
    _exit(status.rawValue)
}

/// Returns the path of the program that this process runs; if there is no /proc, the name by which it was called.
package func executablePath() -> String {
    destination(ofLink: "/proc/self/exe") ?? processArguments().first ?? ""
}

/// Returns the pid of this process.
package func currentProcessID() -> Int32 {
    getpid()
}

/// Returns the pid of the parent process.
func parentProcessID() -> Int32 {
    getppid()
}

/// Sleeps until the process ends.
func sleepForever() -> Never {
    while true {
        pause()
    }
}

/// Catches SIGPIPE and SIGXFSZ, which would end the process silently, so that the writes that cause them fail with an error.
///
/// In children they have the default action, or are ignored if this process was started with them ignored.
package func surviveFailedWrites() {
    for signal in [Signal.brokenPipe, .fileSizeLimit] where !signal.isIgnored {
        signal.catchAndDrop()
    }
}

/// Returns whether a descriptor is a terminal.
package func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
}

/// Returns the arguments that the process was started with, the program first.
///
/// The standard library reads them from /proc, which is missing in an empty root directory. In memory they are right before
/// the environment, after their count.
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
